// Measures the exported model on the scenes that evaluate.py composed: node evaluate.mjs openmoji
// -> evaluation/<set>.json and the same figures as Markdown on standard output.
import { readFileSync, writeFileSync } from 'node:fs';
import { openModel, similarities } from './encoders.mjs';
import { argmax, share, softmax, toMarkdown } from './figures.mjs';

const set = process.argv[2];
const folder = new URL(`./evaluation/work/${set}/`, import.meta.url);
const protocol = JSON.parse(readFileSync(new URL('./evaluation/protocol.json', import.meta.url), 'utf8'));
const { truth, names } = JSON.parse(readFileSync(new URL('truth.json', folder), 'utf8'));
const model = await openModel();
const languages = ['en', 'zh'];
const textVectors = async (texts) => (await model.encodeTexts(texts)).vectors;
const images = {};
for (const part of Object.keys(truth)) images[part] = await model.encodeImages(readFileSync(new URL(`${part}.bin`, folder)));

/** The five-label table: shares right, per label, mean probability of the two-cats row, agreement of the languages. */
async function measureTable(part, prompts) {
  const answers = truth[part];
  const choices = {};
  const result = {};
  for (const language of languages) {
    const labels = names.table[language].map((label) => prompts[language].replace('{label}', () => label));
    const cosines = similarities(images[part], await textVectors(labels));
    choices[language] = cosines.map(argmax);
    const right = choices[language].map((choice, i) => choice === answers[i]);
    const ofLabel = (label) => right.filter((_, i) => answers[i] === label);
    const rows = cosines.filter((_, i) => answers[i] === 2).map((row) => softmax(row, model.logitScale));
    result[language] = {
      right: share(right),
      perLabel: Object.fromEntries(names.table.en.map((label, place) => [label, share(ofLabel(place))])),
      twoCatsMeanProbability: names.table.en.map((_, place) => rows.reduce((sum, row) => sum + row[place], 0) / rows.length),
      confusions: names.table.en.map((_, place) => names.table.en.map((__, chosen) => choices[language].filter((choice, i) => choice === chosen && answers[i] === place).length)),
    };
  }
  result.agreement = share(choices.en.map((choice, i) => choice === choices.zh[i]));
  return result;
}

/** One object in a hard scene among the first 20, 50 and 100 names of a fixed order. */
async function measureNames() {
  const result = {};
  for (const language of languages) {
    const vectors = await textVectors(names.concepts[language]);
    for (const count of protocol.names.of) {
      const chosen = names.order.slice(0, count);
      const rows = truth.names.map((answer, i) => [answer, images.names[i]]).filter(([answer]) => chosen.includes(answer));
      const cosines = similarities(rows.map(([, image]) => image), chosen.map((place) => vectors[place]));
      const ranks = cosines.map((row, i) => row.filter((value) => value > row[chosen.indexOf(rows[i][0])]).length);
      result[count] ??= {};
      result[count][language] = { top1: share(ranks.map((rank) => rank === 0)), top5: share(ranks.map((rank) => rank < 5)) };
    }
  }
  return result;
}

/** One, two or three of a named concept: "one zebra", "two zebras", "three zebras". */
async function measureCounting() {
  const result = {};
  for (const language of languages) {
    const vectors = await textVectors(names.counted[language].flat());
    const right = truth.counting.map(([concept, count], i) => {
      const [row] = similarities([images.counting[i]], vectors.slice(concept * 3, concept * 3 + 3));
      return argmax(row) === count - 1;
    });
    const of = (count) => right.filter((_, i) => truth.counting[i][1] === count);
    result[language] = { right: share(right), one: share(of(1)), two: share(of(2)), three: share(of(3)) };
  }
  return result;
}

/** How sure the five-label table is of scenes that show none of its animals: the share of top scores above 0.5, 0.8 and 0.95. */
async function measureUnknown() {
  const vectors = await textVectors(names.table.en);
  const known = ['cat', 'dog', 'tiger'].map((name) => names.concepts.en.indexOf(name));
  const others = images.names.filter((_, i) => !known.includes(truth.names[i]));
  const top = similarities(others, vectors).map((row) => Math.max(...softmax(row, model.logitScale)));
  return { above50: share(top.map((score) => score > 0.5)), above80: share(top.map((score) => score > 0.8)), above95: share(top.map((score) => score > 0.95)) };
}

const report = {
  set, seed: protocol.seed, logitScale: model.logitScale,
  table: await measureTable('table', protocol.prompts),
  tableWithTemplate: await measureTable('table', protocol.templates),
  tableClean: await measureTable('tableClean', protocol.prompts),
  names: await measureNames(),
  counting: await measureCounting(),
  unknown: await measureUnknown(),
};
writeFileSync(new URL(`./evaluation/${set}.json`, import.meta.url), `${JSON.stringify(report, null, 2)}\n`);
console.log(toMarkdown(report));
