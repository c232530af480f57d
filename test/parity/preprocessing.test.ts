import { hash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import { decodeImage } from '../../src/inference/decoder/decode-image.ts';
import { parsePreprocessing } from '../../src/inference/models/preprocessing.ts';
import pixels from '../fixtures/pixels.json' with { type: 'json' };

/**
 * Equal pixels, bit for bit: the difference is none, so embeddings have a cosine of 1. preprocessing/record_pixels.py
 * recorded what Pillow gives.
 */
describe.each(pixels.families)('$family: the pixels that its model sees are those of Pillow', (family) => {
  const preprocessing = parsePreprocessing(family.config);

  it.each(Object.entries(family.pixels))('%s', async (file, expected) => {
    const decoded = await decodeImage(await readFile(file), { preprocessing, maxImagePixels: 10_000_000 });
    expect(decoded.pixels).toHaveLength(preprocessing.crop.width * preprocessing.crop.height * 3);
    expect(hash('sha256', decoded.pixels)).toBe(expected);
  });
});
