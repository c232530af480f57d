import { hash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { createImageLoader } from '../../../src/inference/index.ts';
import { startTestInference } from './support/inference.ts';
import { writeTinyModel } from './support/tiny-model.ts';
import type { Inference } from '../../../src/inference/index.ts';

const fixture = (file: string) => readFile(new URL(`../../fixtures/images/${file}`, import.meta.url));
const request = { tenantId: 'a', modelId: 'tiny' };

let inference: Inference;

beforeAll(async () => {
  inference = await startTestInference(await writeTinyModel());
});
afterAll(() => inference?.stop());

it('decodes and encodes the same bytes of one request once', async () => {
  const { load } = createImageLoader(inference, request);
  const [cat, dog] = await Promise.all([fixture('rgb.jpg'), fixture('grey.png')]);
  const before = inference.stats().imagesEncoded;
  const loaded = await Promise.all([load(cat), load(dog), load(Buffer.from(cat))]);
  const again = await load(cat);
  expect(inference.stats().imagesEncoded - before).toBe(2);
  expect(loaded[2]).toBe(loaded[0]);
  expect(again).toBe(loaded[0]);
  expect(loaded[1]!.sha256).toBe(hash('sha256', dog));
});

it('encodes them again for the next request', async () => {
  const bytes = await fixture('rgb.jpg');
  const before = inference.stats().imagesEncoded;
  await createImageLoader(inference, request).load(bytes);
  await createImageLoader(inference, request).load(bytes);
  expect(inference.stats().imagesEncoded - before).toBe(2);
});

it('lets a bad image fail alone, and each time it is asked for', async () => {
  const { load } = createImageLoader(inference, request);
  const [good, bad] = await Promise.all([fixture('rgb.jpg'), fixture('truncated.jpg')]);
  const outcomes = await Promise.allSettled([load(good), load(bad), load(bad)]);
  expect(outcomes.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'rejected']);
  await expect(load(bad)).rejects.toMatchObject({ code: 'IMAGE_CORRUPT' });
});

it('fails all that wait with the reason of their signal', async () => {
  const abort = new AbortController();
  const { load } = createImageLoader(inference, { ...request, signal: abort.signal });
  const images = await Promise.all(['rgb.jpg', 'grey.png', 'rgba.png'].map(fixture));
  const waiting = Promise.allSettled(images.map((bytes) => load(bytes)));
  const reason = new Error('the client went away');
  abort.abort(reason);
  for (const outcome of await waiting) expect(outcome).toMatchObject({ status: 'rejected', reason });
});
