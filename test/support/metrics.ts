/** The sum of a metric over its labels, as a server tells it. */
export async function readMetric(url: string, name: string): Promise<number> {
  const text = await (await fetch(`${url}/metrics`)).text();
  const lines = text.matchAll(new RegExp(`^${name}(?:\\{.*\\})? (\\d+)$`, 'gm'));
  return lines.reduce((sum, [, count]) => sum + Number(count), 0);
}
