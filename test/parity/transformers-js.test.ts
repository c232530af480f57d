import { readFile } from 'node:fs/promises';
import { basename, dirname, resolve } from 'node:path';
import {
  AutoTokenizer,
  CLIPTextModelWithProjection,
  CLIPVisionModelWithProjection,
  Tensor,
  env,
} from '@huggingface/transformers';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { until } from '../support/poll.ts';
import { startTestInference } from '../unit/inference/support/inference.ts';
import type { Inference, ModelStatus } from '../../src/inference/index.ts';

/** The shipped model through another implementation: transformers.js, the published way to run such a directory. */
const directory = resolve('models/demo');
const TEXTS = [
  'cat',
  'two cats',
  'a photo of a tiger',
  'a red car and a blue house',
  '一只猫',
  '两只狗',
  '一辆红色的汽车',
];

let inference: Inference;
let model: ModelStatus;

beforeAll(async () => {
  env.allowRemoteModels = false;
  env.useFSCache = false;
  env.localModelPath = `${dirname(directory)}/`;
  inference = await startTestInference(directory, { decoders: 2 });
  model = inference.models[0]!;
});
afterAll(() => inference?.stop());

/** Ten pictures of the model's own size, so that no resampling takes part: uint8 [height, width, 3]. */
function generatePictures(): Uint8Array[] {
  const { width, height } = model.preprocessing.crop;
  return Array.from({ length: 10 }, (_, seed) =>
    Uint8Array.from({ length: width * height * 3 }, (_, i) => {
      const [x, y, c] = [Math.floor(i / 3) % width, Math.floor(i / 3 / width), i % 3];
      const inside = (x - 20 - seed * 2) ** 2 + (y - 30) ** 2 < (10 + seed) ** 2;
      return inside ? 40 + 70 * ((c + seed) % 3) : 128 + 90 * Math.sin((x * (seed + 1) + y * c) / 17);
    }),
  );
}

async function ourTextEmbeddings(texts: string[]): Promise<Float32Array[]> {
  return (await inference.embedTexts({ tenantId: 'a', modelId: model.id, texts })).embeddings;
}

async function theirImageEmbeddings(pictures: Uint8Array[]): Promise<Float32Array[]> {
  const { crop, mean, std } = model.preprocessing;
  const vision = await CLIPVisionModelWithProjection.from_pretrained(basename(directory), { dtype: 'fp32' });
  const size = crop.width * crop.height;
  const values = new Float32Array(pictures.length * 3 * size);
  for (const [n, picture] of pictures.entries()) {
    for (const [i, byte] of picture.entries()) {
      const channel = i % 3;
      values[(n * 3 + channel) * size + Math.floor(i / 3)] = (byte / 255 - mean[channel]!) / std[channel]!;
    }
  }
  const pixels = new Tensor('float32', values, [pictures.length, 3, crop.height, crop.width]);
  const { image_embeds: embeddings } = await vision({ pixel_values: pixels });
  return rows(embeddings.normalize());
}

async function theirTextEmbeddings(texts: string[]): Promise<Float32Array[]> {
  const tokenizer = await AutoTokenizer.from_pretrained(basename(directory));
  const text = await CLIPTextModelWithProjection.from_pretrained(basename(directory), { dtype: 'fp32' });
  const { text_embeds: embeddings } = await text(tokenizer(texts, { padding: true, truncation: true }));
  return rows(embeddings.normalize());
}

function rows(tensor: Tensor): Float32Array[] {
  const [count, dimension] = tensor.dims as [number, number];
  const data = tensor.data as Float32Array;
  return Array.from({ length: count }, (_, row) => data.slice(row * dimension, (row + 1) * dimension));
}

const cosine = (a: Float32Array, b: Float32Array) => a.reduce((sum, value, i) => sum + value * b[i]!, 0);

describe('transformers.js and this server agree on the shipped model', () => {
  it('in the similarity of every picture with every text, to 1e-4', async () => {
    const pictures = generatePictures();
    const { width, height } = model.preprocessing.crop;
    const files = await Promise.all(
      pictures.map((data) =>
        sharp(data, { raw: { width, height, channels: 3 } })
          .png()
          .toBuffer(),
      ),
    );
    const request = { tenantId: 'a', modelId: model.id };
    const images = await Promise.all(files.map((bytes) => inference.embedImage({ ...request, bytes })));
    const ourTexts = await ourTextEmbeddings(TEXTS);
    const [theirImages, theirTexts] = [
      await theirImageEmbeddings(pictures),
      await theirTextEmbeddings(TEXTS),
    ];

    const differences = pictures.flatMap((_, i) =>
      TEXTS.map((_, t) =>
        Math.abs(cosine(images[i]!.embedding, ourTexts[t]!) - cosine(theirImages[i]!, theirTexts[t]!)),
      ),
    );
    expect(differences).toHaveLength(70);
    expect(Math.max(...differences)).toBeLessThan(1e-4);
  });
});

it('the shipped model gives an image the same vector whatever else is in its batch, to 1e-5', async () => {
  const names = ['two-cats.jpg', 'one-dog.jpg', 'one-cat.png', 'penguin.webp', 'pizza.jpg', 'rocket.jpg'];
  const files = await Promise.all(names.map((name) => readFile(resolve('examples', name))));
  const embed = async (bytes: Uint8Array) =>
    inference.embedImage({ tenantId: 'a', modelId: model.id, bytes });
  const alone: Float32Array[] = [];
  for (const bytes of files) {
    const { embedding, timing } = await embed(bytes);
    expect(timing.batchSize).toBe(1);
    alone.push(embedding);
  }
  const [encoder] = inference.processIds().imageEncoders;
  process.kill(encoder!, 'SIGSTOP'); // until all others wait: they go together
  const embedded = Promise.all([...files, ...files].map(embed));
  await until('the others wait', () => inference.stats().queued === 2 * files.length - 1);
  process.kill(encoder!, 'SIGCONT');
  const together = await embedded;
  const largest = Math.min(model.maxBatchSize!, together.length - 1); // the first went alone
  expect(Math.max(...together.map(({ timing }) => timing.batchSize))).toBe(largest);
  for (const [i, { embedding }] of together.entries()) {
    const reference = alone[i % files.length]!;
    expect(Math.max(...embedding.map((value, n) => Math.abs(value - reference[n]!)))).toBeLessThan(1e-5);
  }
});

it('the shipped model gives a text the same vector whatever else is in its batch, to 1e-5', async () => {
  const together = await ourTextEmbeddings([
    ...TEXTS,
    'a photo of two big red cars in front of a small house with three cats',
  ]);
  for (const [i, text] of TEXTS.entries()) {
    const [alone] = await ourTextEmbeddings([text]);
    expect(Math.max(...alone!.map((value, n) => Math.abs(value - together[i]![n]!)))).toBeLessThan(1e-5);
  }
});
