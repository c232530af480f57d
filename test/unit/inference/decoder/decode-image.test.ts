import { readFile } from 'node:fs/promises';
import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import { decodeImage } from '../../../../src/inference/decoder/decode-image.ts';
import cases from '../../../fixtures/images/cases.json' with { type: 'json' };
import type { Preprocessing } from '../../../../src/inference/models/preprocessing.ts';

const fixtures = new URL('../../../fixtures/images/', import.meta.url);
const fixture = (file: string) => readFile(new URL(file, fixtures));
const preprocessing: Preprocessing = {
  resize: { mode: 'shortest-edge', size: 40 },
  crop: { width: 32, height: 32 },
  resample: 'bicubic',
  mean: [0, 0, 0],
  std: [1, 1, 1],
};
const decode = (bytes: Uint8Array, maxImagePixels = 1_000_000) =>
  decodeImage(bytes, { preprocessing, maxImagePixels });

describe('a decoded image equals what Pillow makes of it, pixel by pixel', () => {
  it.each(cases)('$expected', async ({ file, expected, width, height, ...geometry }) => {
    const image = await decodeImage(await fixture(file), {
      preprocessing: { ...preprocessing, ...geometry } as Preprocessing,
      maxImagePixels: 1_000_000,
    });
    expect(image).toMatchObject({ width, height });
    const reference = await fixture(`expected/${expected}`);
    const differences = image.pixels.filter((value, i) => value !== reference[i]).length;
    expect({ length: image.pixels.length, differences }).toEqual({
      length: reference.length,
      differences: 0,
    });
  });
});

describe('decodeImage', () => {
  it('tells the size after orientation, the format and the bytes', async () => {
    const bytes = await fixture('orientation-6.jpg');
    expect(await decode(bytes)).toMatchObject({
      width: 47,
      height: 61,
      format: 'JPEG',
      sizeBytes: bytes.length,
    });
    expect(await decode(await fixture('rgba.png'))).toMatchObject({ width: 61, height: 47, format: 'PNG' });
    expect(await decode(await fixture('lossy.webp'))).toMatchObject({ format: 'WEBP' });
    expect(await decode(await fixture('picture.gif'))).toMatchObject({ width: 8, height: 8, format: 'GIF' });
  });

  it('reads interlaced PNG as the same picture', async () => {
    const plain = await fixture('size-61x47.png');
    const interlaced = await sharp(plain).png({ progressive: true }).toBuffer();
    expect((await decode(interlaced)).pixels).toEqual((await decode(plain)).pixels);
  });

  it('reads of an animated GIF the first frame alone', async () => {
    const frames = Buffer.alloc(2 * 9 * 9 * 3).fill(Buffer.from([200, 30, 60]), 0, 9 * 9 * 3);
    const gif = await sharp(frames, { raw: { width: 9, height: 18, channels: 3, pageHeight: 9 } })
      .gif()
      .toBuffer();
    const { width, height, pixels } = await decode(gif);
    expect([width, height, [...pixels.subarray(0, 3)]]).toEqual([9, 9, [200, 30, 60]]);
  });

  it('reads AVIF of 8 and 10 bits, and turns it as it says', async () => {
    const plain = await sharp(await fixture('size-61x47.png')).toBuffer();
    const reference = (await decode(plain)).pixels;
    for (const bitdepth of [8, 10] as const) {
      const avif = await sharp(plain).avif({ quality: 95, chromaSubsampling: '4:4:4', bitdepth }).toBuffer();
      const { width, height, format, pixels } = await decode(avif);
      expect([width, height, format]).toEqual([61, 47, 'AVIF']);
      const meanError =
        pixels.reduce((sum, value, i) => sum + Math.abs(value - reference[i]!), 0) / pixels.length;
      expect(meanError).toBeLessThan(6);
    }
    const turned = await sharp(plain).withMetadata({ orientation: 6 }).avif().toBuffer();
    expect(await decode(turned)).toMatchObject({ width: 47, height: 61 });
  });

  it.each(['refused.bmp', 'refused.tiff'])('refuses %s by name', async (file) => {
    const format = file.split('.')[1]!.toUpperCase();
    await expect(decode(await fixture(file))).rejects.toMatchObject({
      code: 'IMAGE_UNSUPPORTED',
      message: expect.stringContaining(`this is ${format}`),
      details: { format },
    });
  });

  it('refuses SVG, and an SVG that pretends to be a PNG', async () => {
    const svg = Buffer.from('<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"/>');
    await expect(decode(svg)).rejects.toMatchObject({
      code: 'IMAGE_UNSUPPORTED',
      details: { format: 'SVG' },
    });
    const disguised = Buffer.concat([Buffer.from('\x89PNG\r\n\x1a\n', 'latin1'), svg]);
    await expect(decode(disguised)).rejects.toMatchObject({ code: 'IMAGE_CORRUPT' });
  });

  it('has blocked every other loader of the library itself', async () => {
    await expect(sharp(await fixture('refused.tiff')).metadata()).rejects.toThrow(/unsupported/);
    await expect(sharp(Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"/>')).metadata()).rejects.toThrow(
      /unsupported/,
    );
  });

  it('calls an empty image corrupt', async () => {
    await expect(decode(new Uint8Array())).rejects.toMatchObject({
      code: 'IMAGE_CORRUPT',
      message: expect.stringMatching(/empty/),
    });
  });

  it.each(['truncated.jpg', 'truncated.png', 'truncated.webp'])('calls %s corrupt', async (file) => {
    await expect(decode(await fixture(file))).rejects.toMatchObject({ code: 'IMAGE_CORRUPT' });
  });

  it.each([3, 8, 12, 30, 60])(
    'calls a PNG cut after %d bytes corrupt or unknown, never our fault',
    async (length) => {
      const cut = (await fixture('rgba.png')).subarray(0, length);
      await expect(decode(cut)).rejects.toMatchObject({
        code: length < 8 ? 'IMAGE_UNSUPPORTED' : 'IMAGE_CORRUPT',
      });
    },
  );
});

describe('the pixel limit', () => {
  it('holds exactly', async () => {
    const bytes = await fixture('size-61x47.png');
    await expect(decode(bytes, 61 * 47)).resolves.toMatchObject({ width: 61 });
    await expect(decode(bytes, 61 * 47 - 1)).rejects.toMatchObject({ code: 'IMAGE_TOO_LARGE' });
  });

  it('refuses a bomb by its header, in no time', async () => {
    const bomb = pngHeader(50_000, 50_000);
    const startedAt = performance.now();
    await expect(decode(bomb, 100_000_000)).rejects.toMatchObject({
      code: 'IMAGE_TOO_LARGE',
      details: { width: 50_000, height: 50_000, limit: 100_000_000 },
    });
    expect(performance.now() - startedAt).toBeLessThan(1_000);
  });

  it('is lower for progressive images, which are held in memory whole', async () => {
    const bytes = Buffer.from(await fixture('progressive.jpg'));
    const frame = bytes.indexOf(Buffer.from([0xff, 0xc2]));
    bytes.writeUInt16BE(6_000, frame + 5);
    bytes.writeUInt16BE(6_000, frame + 7);
    await expect(decode(bytes, 100_000_000)).rejects.toMatchObject({
      code: 'IMAGE_TOO_LARGE',
      message: expect.stringMatching(/progressive/),
      details: { limit: 25_000_000 },
    });
  });

  it('is as low for GIF and AVIF', async () => {
    const large = { width: 5_001, height: 5_000, channels: 3, background: 'red' } as const;
    const gif = await sharp({ create: large }).gif({ effort: 1 }).toBuffer();
    const avif = await sharp({ create: { width: 9, height: 9, channels: 3, background: 'red' } })
      .avif()
      .toBuffer();
    avif.writeUInt32BE(6_000, avif.indexOf('ispe') + 8);
    avif.writeUInt32BE(6_000, avif.indexOf('ispe') + 12);
    for (const bytes of [gif, avif]) {
      await expect(decode(bytes, 100_000_000)).rejects.toMatchObject({
        code: 'IMAGE_TOO_LARGE',
        details: { limit: 25_000_000 },
      });
    }
  });
});

/** A PNG that claims a size and brings nothing. */
function pngHeader(width: number, height: number): Buffer {
  const header = Buffer.alloc(25);
  header.writeUInt32BE(13);
  header.write('IHDR', 4);
  header.writeUInt32BE(width, 8);
  header.writeUInt32BE(height, 12);
  header.set([8, 2, 0, 0, 0], 16);
  const end = Buffer.from('0000000049454e44ae426082', 'hex');
  const data = Buffer.from('0000000049444154', 'hex');
  return Buffer.concat([Buffer.from('\x89PNG\r\n\x1a\n', 'latin1'), header, data, Buffer.alloc(4), end]);
}
