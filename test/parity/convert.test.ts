import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { convertCheckpoint } from '../../src/inference/models/convert/index.ts';
import { compare, openGraph, readReference } from './support/reference.ts';
import type { Precision } from '../../src/inference/models/graph-files.ts';

/** Tiny checkpoints of every family and format against PyTorch: reference/run.ts does the same at full size. */
const CHECKPOINTS = resolve('test/fixtures/checkpoints');
const target = await mkdtemp(join(tmpdir(), 'converted-'));
afterAll(() => rm(target, { recursive: true }));

const converted = new Map<string, ReturnType<typeof makeGraph>>();

/** Once for all tests. */
function convert(name: string, encoder: 'image' | 'text', precision: Precision) {
  const key = `${name} ${encoder} ${precision}`;
  const made = converted.get(key) ?? makeGraph(name, encoder, precision);
  converted.set(key, made);
  return made;
}

async function makeGraph(name: string, encoder: 'image' | 'text', precision: Precision) {
  const source = join(CHECKPOINTS, name);
  const reference = await readReference(source);
  const { mean, std, side } = reference;
  const report = await convertCheckpoint({
    encoder,
    source,
    precision,
    target: join(target, name),
    preprocessing: { mean, std, crop: { width: side, height: side } },
  });
  return { report, reference, graph: await openGraph(report.files[0]!, reference) };
}

/** cosine and largest difference that each precision keeps, here with vectors of 12 to 64 numbers. */
const BOUNDS: [Precision, number, number][] = [
  ['fp32', 0.999999, 1e-5],
  ['fp16', 0.99999, 2e-3],
  ['int8', 0.999, 4e-2],
];

const IMAGE_ENCODERS = [
  ['openai-clip-vit-b-32', 'clip-vision'],
  ['laion-clip-vit-h-14', 'clip-vision'],
  ['laion-xlm-roberta-vit-b-32', 'clip-vision'],
  ['chinese-clip-vit-b-16', 'clip-vision'],
  ['siglip-so400m-14-384', 'siglip-vision'],
] as const;

describe.each(IMAGE_ENCODERS)('the image encoder of %s', (name, architecture) => {
  it.each(BOUNDS)('gives in %s what PyTorch gives', async (precision, cosine, maxDifference) => {
    const { report, reference, graph } = await convert(name, 'image', precision);
    const agreement = compare(await graph.images(reference.images), reference.imageVectors);
    expect(report).toMatchObject({ architecture, dimension: reference.imageVectors[0]!.length });
    expect(agreement.cosine).toBeGreaterThan(cosine);
    expect(agreement.maxDifference).toBeLessThan(maxDifference);
  });

  it.each(['fp32', 'int8'] as const)('gives in %s the same vector in any batch', async (precision) => {
    const { reference, graph } = await convert(name, 'image', precision);
    const [first, second, third] = reference.images as [Uint8Array, Uint8Array, Uint8Array];
    const together = await graph.images([first, second, third]);
    const otherwise = [
      ...(await graph.images([first])),
      ...(await graph.images([second, first])).slice(0, 1),
    ];
    expect(compare(otherwise, together.slice(0, 2)).maxDifference).toBeLessThan(1e-5);
  });
});

const TEXT_ENCODERS = [
  ['openai-clip-vit-b-32', 'clip-text', 10],
  ['laion-clip-vit-h-14', 'clip-text', 10],
  ['laion-xlm-roberta-vit-b-32', 'xlm-roberta-text', 12],
  ['taiyi-102m', 'bert-text', 12],
  ['taiyi-102m-vit-l', 'bert-text', 12],
  ['taiyi-projection', 'bert-text', 12],
  ['chinese-clip-vit-b-16', 'chinese-clip-text', 12],
  ['siglip-so400m-14-384', 'siglip-text', 10],
] as const;

describe.each(TEXT_ENCODERS)('the text encoder of %s', (name, architecture, contextLength) => {
  it.each(BOUNDS)('gives in %s what PyTorch gives', async (precision, cosine, maxDifference) => {
    const { report, reference, graph } = await convert(name, 'text', precision);
    const agreement = compare(await graph.texts(reference.texts), reference.textVectors);
    const dimension = reference.textVectors[0]!.length;
    expect(report).toMatchObject({ architecture, contextLength, dimension });
    expect(agreement.cosine).toBeGreaterThan(cosine);
    expect(agreement.maxDifference).toBeLessThan(maxDifference);
  });

  it.each(['fp32', 'int8'] as const)(
    'gives in %s the same vector in any batch and padding',
    async (precision) => {
      const { reference, graph } = await convert(name, 'text', precision);
      const together = await graph.texts(reference.texts);
      const [short, longer] = reference.texts;
      const otherwise = [
        ...(await graph.texts([short!])),
        ...(await graph.texts([longer!, short!], 2)).slice(0, 1),
      ];
      expect(compare(otherwise, together.slice(0, 2)).maxDifference).toBeLessThan(1e-5);
    },
  );
});

describe('the report of a conversion', () => {
  it('has the trained scale and bias, which stand beside the towers', async () => {
    const { report: clip } = await convert('openai-clip-vit-b-32', 'text', 'fp32');
    expect(clip.logitScale).toBeCloseTo(100, 3);
    expect(clip.logitBias).toBeUndefined();
    const { report: siglip } = await convert('siglip-so400m-14-384', 'image', 'fp32');
    expect(siglip.logitScale).toBeCloseTo(117, 3);
    expect(siglip.logitBias).toBeCloseTo(-12.9, 5);
  });

  it('has one hash for an image tower, whatever model, file and text tower it comes with', async () => {
    const { report: openai } = await convert('openai-clip-vit-b-32', 'image', 'fp32');
    const { report: chinese } = await convert('chinese-clip-vit-b-16', 'image', 'int8');
    const { report: laion } = await convert('laion-xlm-roberta-vit-b-32', 'image', 'fp32');
    expect(chinese.towerSha256).toBe(openai.towerSha256);
    expect(laion.towerSha256).not.toBe(openai.towerSha256);
  });
});
