// Shares with their intervals, and the Markdown table of a report.

export const argmax = (row) => row.indexOf(Math.max(...row));

export function softmax(cosines, scale) {
  const most = Math.max(...cosines);
  const powers = cosines.map((value) => Math.exp(scale * (value - most)));
  const sum = powers.reduce((total, value) => total + value, 0);
  return powers.map((value) => value / sum);
}

/** Wilson's 95 % interval of a share. */
export function share(hits) {
  const n = hits.length;
  const p = hits.filter(Boolean).length / n;
  const z = 1.959964;
  const middle = (p + (z * z) / (2 * n)) / (1 + (z * z) / n);
  const reach = (z / (1 + (z * z) / n)) * Math.sqrt((p * (1 - p)) / n + (z * z) / (4 * n * n));
  const round = (value) => Math.round(value * 10000) / 10000;
  return { share: round(p), low: round(middle - reach), high: round(middle + reach), n };
}

const show = ({ share: value, low, high }) => `${value.toFixed(3)} (${low.toFixed(3)} to ${high.toFixed(3)})`;

/** | what | English | Chinese | n | */
export function toMarkdown({ set, table, tableWithTemplate, tableClean, names, counting, unknown }) {
  const row = (what, english, chinese) => `| ${what} | ${show(english)} | ${show(chinese)} | ${english.n} |`;
  const lines = [`### ${set}`, '', '| | English | Chinese | scenes |', '|---|---|---|---|'];
  lines.push(row('five-label table, share right', table.en.right, table.zh.right));
  for (const label of Object.keys(table.en.perLabel)) lines.push(row(`recall of “${label}”`, table.en.perLabel[label], table.zh.perLabel[label]));
  lines.push(`| both languages choose the same label | ${show(table.agreement)} | | ${table.agreement.n} |`);
  lines.push(row('the table with a sentence template', tableWithTemplate.en.right, tableWithTemplate.zh.right));
  lines.push(row('the table, clean scenes', tableClean.en.right, tableClean.zh.right));
  for (const [count, { en, zh }] of Object.entries(names)) {
    lines.push(row(`top-1 of ${count} names`, en.top1, zh.top1), row(`top-5 of ${count} names`, en.top5, zh.top5));
  }
  lines.push(row('counting one, two or three', counting.en.right, counting.zh.right));
  for (const count of ['one', 'two', 'three']) lines.push(row(`counting, ${count}`, counting.en[count], counting.zh[count]));
  for (const [key, what] of [['above50', '0.5'], ['above80', '0.8'], ['above95', '0.95']]) {
    lines.push(`| other things: top score of the five labels above ${what} | ${show(unknown[key])} | | ${unknown[key].n} |`);
  }
  lines.push('', `Two cats, mean probability of ${Object.keys(table.en.perLabel).join(' / ')}: ` +
    ['en', 'zh'].map((language) => `${language} ${table[language].twoCatsMeanProbability.map((value) => value.toFixed(3)).join(' / ')}`).join('; '));
  return lines.join('\n');
}
