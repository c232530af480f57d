import { hash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { createImageLoader } from '../../../src/inference/index.ts';
import { startTestInference } from './support/inference.ts';
import { writeTinyModel } from './support/tiny-model.ts';
import type { Inference } from '../../../src/inference/index.ts';

const fixture = async (file: string) => {
  const bytes = await readFile(new URL(`../../fixtures/images/${file}`, import.meta.url));
  return { bytes, sha256: hash('sha256', bytes) };
};
const request = { tenantId: 'a', modelId: 'tiny' };

let inference: Inference;

beforeAll(async () => {
  inference = await startTestInference(await writeTinyModel());
});
afterAll(() => inference?.stop());

it('decodes and encodes the same bytes of one request once', async () => {
  const loader = createImageLoader(inference, request);
  const [cat, dog] = await Promise.all([fixture('rgb.jpg'), fixture('grey.png')]);
  const before = inference.stats().imagesEncoded;
  const loaded = await Promise.all([loader.load(cat), loader.load(dog), loader.load({ ...cat })]);
  const again = await loader.load(cat);
  expect(inference.stats().imagesEncoded - before).toBe(2);
  expect(loaded[2]).toBe(loaded[0]);
  expect(again).toBe(loaded[0]);
});

it('encodes them again for the next request', async () => {
  const image = await fixture('rgb.jpg');
  const before = inference.stats().imagesEncoded;
  await createImageLoader(inference, request).load(image);
  await createImageLoader(inference, request).load(image);
  expect(inference.stats().imagesEncoded - before).toBe(2);
});

it('lets a bad image fail alone, and each time it is asked for', async () => {
  const loader = createImageLoader(inference, request);
  const [good, bad] = await Promise.all([fixture('rgb.jpg'), fixture('truncated.jpg')]);
  const outcomes = await Promise.allSettled([loader.load(good), loader.load(bad), loader.load(bad)]);
  expect(outcomes.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'rejected']);
  await expect(loader.load(bad)).rejects.toMatchObject({ code: 'IMAGE_CORRUPT' });
});

it('fails all that wait with the reason of their signal', async () => {
  const abort = new AbortController();
  const loader = createImageLoader(inference, { ...request, signal: abort.signal });
  const images = await Promise.all(['rgb.jpg', 'grey.png', 'rgba.png'].map(fixture));
  const waiting = Promise.allSettled(images.map((image) => loader.load(image)));
  const reason = new Error('the client went away');
  abort.abort(reason);
  for (const outcome of await waiting) expect(outcome).toMatchObject({ status: 'rejected', reason });
});
