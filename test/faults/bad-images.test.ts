import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { makeCorpus } from '../support/bad-images/corpus.ts';
import type { CorpusImage } from '../support/bad-images/bases.ts';
import { makeGiants } from '../support/bad-images/extremes.ts';
import { classify, readExample } from '../support/classify.ts';
import { seed, type SeededTenant } from '../support/seed.ts';
import { startTestApp, type TestApp } from '../support/start-app.ts';

const SEED = 20_260_131;
/** What a decoder may ever take. The hungriest images that are read are PNG and WebP of 49 MP with alpha. */
const MAX_DECODER_MB = 1_000;
const GOOD: [file: string, key: string][] = [
  ['one-cat.png', 'cat'],
  ['one-dog.jpg', 'dog'],
  ['two-tigers.webp', 'tiger'],
];

let app: TestApp;
let tenant: SeededTenant;
beforeAll(async () => {
  // Many times what a decoder takes: only a hang overruns it, on a machine that is busy with other things too.
  app = await startTestApp({}, { decodeTimeoutMs: 60_000 });
  tenant = await seed(app).withTenant('a').withTaxonomy(['cat', 'dog', 'tiger']);
});
afterAll(() => app.stop());

/** Sends images with a good one after every ninth, and gives what is not as it should be. */
async function findSurprises(corpus: CorpusImage[]): Promise<string[]> {
  const sent = corpus.flatMap((image, index) => {
    const [file, key] = GOOD[Math.floor(index / 9) % GOOD.length]!;
    const good = { name: file, bytes: Buffer.from(readExample(file)), expected: [key] };
    return index % 9 === 8 ? [image, good] : [image];
  });
  const surprises: string[] = [];
  for (let at = 0; at < sent.length; at += 50) {
    const batch = sent.slice(at, at + 50);
    const images = batch.map(({ bytes }) => Uint8Array.from(bytes));
    const { status, payload, errors } = await classify(app, { key: tenant.key, images });
    if (status !== 200 || errors.length > 0 || payload?.results.length !== batch.length) {
      surprises.push(`status ${status}: ${JSON.stringify([errors, payload?.userErrors])}`);
    }
    for (const [index, { outcomes }] of (payload?.results ?? []).entries()) {
      const { name, expected } = batch[index]!;
      const { code, predictions } = outcomes[0]!;
      const got = code ?? (name in GOOD_KEYS ? predictions![0]!.label.key : 'OK');
      if (!expected.includes(got)) surprises.push(`${name}: ${got}`);
    }
  }
  return surprises;
}
const GOOD_KEYS = Object.fromEntries(GOOD);

const restarts = () => app.services.inference.stats().restarts.decoder;

/** The most memory that the decoder has ever had, in MB. */
function peakDecoderMb(): number {
  const [pid] = app.services.inference.processIds().decoders;
  const status = readFileSync(`/proc/${pid}/status`, 'utf8');
  return Math.round(Number(/VmHWM:\s+(\d+) kB/.exec(status)![1]) / 1_000);
}

it('more than 200 bad images fail each alone or are read, and cost no decoder', async () => {
  const corpus = await makeCorpus(SEED);
  expect(corpus.length).toBeGreaterThanOrEqual(200);
  expect(await findSurprises(corpus)).toEqual([]);
  expect(restarts()).toBe(0);
  expect(peakDecoderMb()).toBeLessThan(MAX_DECODER_MB);
}, 300_000);

it('the largest images that are read take a bounded amount of memory', async () => {
  const surprises: string[] = [];
  for await (const giant of makeGiants()) surprises.push(...(await findSurprises([giant])));
  expect(surprises).toEqual([]);
  expect(restarts()).toBe(0);
  expect(peakDecoderMb()).toBeLessThan(MAX_DECODER_MB);
}, 300_000);
