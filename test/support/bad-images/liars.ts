import { deflateSync } from 'node:zlib';
import { ANYTHING, CORRUPT, fixture, plain, TOO_LARGE, type CorpusImage } from './bases.ts';
import { PNG_SIGNATURE, writePng } from './png.ts';

/** Headers that do not fit what follows. */
export async function makeLiars(bases: Record<string, Buffer>): Promise<CorpusImage[]> {
  const png = (options: Partial<Parameters<typeof writePng>[0]>) =>
    writePng({ width: 40, height: 30, ...options });
  const wrongCrc = Buffer.from(png({}));
  wrongCrc[29]! ^= 0xff;
  const wide = fixture('alpha.webp');
  return [
    { name: 'png that claims more lines', bytes: png({ data: Buffer.alloc(121) }), expected: CORRUPT },
    { name: 'png with more lines', bytes: png({ data: Buffer.alloc(121 * 90) }), expected: ANYTHING },
    { name: 'png of 0 x 0', bytes: png({ width: 0, height: 0, data: Buffer.alloc(1) }), expected: CORRUPT },
    {
      name: 'png of 2^31 pixels across',
      bytes: png({ width: 2 ** 31, data: Buffer.alloc(9) }),
      expected: [...CORRUPT, ...TOO_LARGE],
    },
    { name: 'png of 3 bits', bytes: png({ bitDepth: 3 }), expected: CORRUPT },
    { name: 'png of colour type 5', bytes: png({ colourType: 5 }), expected: CORRUPT },
    { name: 'png of 16 bits with a palette', bytes: png({ colourType: 3, bitDepth: 16 }), expected: CORRUPT },
    { name: 'png with a wrong checksum', bytes: wrongCrc, expected: CORRUPT },
    { name: 'png without data', bytes: PNG_SIGNATURE, expected: CORRUPT },
    { name: 'png with a chunk longer than the file', bytes: longChunk(), expected: CORRUPT },
    {
      name: 'png with a filter that is none',
      bytes: png({ data: Buffer.alloc(30 * 121, 9) }),
      expected: CORRUPT,
    },
    { name: 'jpeg of more lines', bytes: resizeJpeg(bases['baseline.jpg']!, 4_000, 61), expected: ANYTHING },
    { name: 'jpeg of fewer lines', bytes: resizeJpeg(bases['baseline.jpg']!, 8, 61), expected: ANYTHING },
    { name: 'jpeg of no lines', bytes: resizeJpeg(bases['baseline.jpg']!, 0, 61), expected: CORRUPT },
    {
      name: 'jpeg of 65,000 x 65,000',
      bytes: resizeJpeg(bases['baseline.jpg']!, 65_000, 65_000),
      expected: TOO_LARGE,
    },
    {
      name: 'progressive jpeg of 6,000 x 6,000',
      bytes: resizeJpeg(bases['progressive.jpg']!, 6_000, 6_000),
      expected: TOO_LARGE,
    },
    { name: 'webp with a larger canvas', bytes: resizeWebp(wide, 4_000, 4_000), expected: ANYTHING },
    {
      name: 'webp with a canvas of 2^24 x 2^24',
      bytes: resizeWebp(wide, 2 ** 24, 2 ** 24),
      expected: [...CORRUPT, ...TOO_LARGE],
    },
    {
      name: 'gif with a larger screen',
      bytes: resizeGif(bases['still.gif']!, 5_000, 5_000),
      expected: ANYTHING,
    },
    {
      name: 'gif with a smaller screen',
      bytes: resizeGif(await plain(3_000, 3_000).gif({ effort: 1 }).toBuffer(), 9, 9),
      expected: ANYTHING,
    },
    { name: 'gif of 5,100 x 5,100', bytes: resizeGifFrame(5_100, 5_100), expected: TOO_LARGE },
    { name: 'avif of 5,100 x 5,100', bytes: resizeAvif(await avif(9), 5_100, 5_100), expected: TOO_LARGE },
    { name: 'gif of 65,535 x 65,535', bytes: resizeGifFrame(65_535, 65_535), expected: TOO_LARGE },
    {
      name: 'avif that claims 9 x 9 and brings 3,000 x 3,000',
      bytes: resizeAvif(await avif(3_000), 9, 9),
      expected: CORRUPT,
    },
    {
      name: 'avif that claims 4,000 x 4,000 and brings 9 x 9',
      bytes: resizeAvif(await avif(9), 4_000, 4_000),
      expected: CORRUPT,
    },
    {
      name: 'avif of 65,535 x 65,535',
      bytes: resizeAvif(await avif(9), 65_535, 65_535),
      expected: [...TOO_LARGE, ...CORRUPT],
    },
  ];
}

const avif = (side: number) => plain(side, side).avif({ effort: 0 }).toBuffer();

function longChunk(): Buffer {
  const header = Buffer.alloc(8);
  header.writeUInt32BE(0x7fffffff);
  header.write('IDAT', 4);
  return Buffer.concat([
    writePng({ width: 4, height: 4 }).subarray(0, 33),
    header,
    deflateSync(Buffer.alloc(9)),
  ]);
}

/** Changes the size in the frame header: marker, length, precision, height, width. */
function resizeJpeg(bytes: Buffer, height: number, width: number): Buffer {
  const changed = Buffer.from(bytes);
  const frame = [0xc0, 0xc2]
    .map((marker) => changed.indexOf(Buffer.from([0xff, marker])))
    .find((at) => at > 0)!;
  changed.writeUInt16BE(height, frame + 5);
  changed.writeUInt16BE(width, frame + 7);
  return changed;
}

/** An extended header (VP8X) with another canvas before the picture's own chunk. */
function resizeWebp(bytes: Buffer, width: number, height: number): Buffer {
  const extended = Buffer.alloc(18);
  extended.write('VP8X', 0, 'latin1');
  extended.writeUInt32LE(10, 4);
  extended.writeUIntLE(width - 1, 12, 3);
  extended.writeUIntLE(height - 1, 15, 3);
  const changed = Buffer.concat([bytes.subarray(0, 12), extended, bytes.subarray(12)]);
  changed.writeUInt32LE(changed.length - 8, 4);
  return changed;
}

function resizeGif(bytes: Buffer, width: number, height: number): Buffer {
  const changed = Buffer.from(bytes);
  changed.writeUInt16LE(width, 6);
  changed.writeUInt16LE(height, 8);
  return changed;
}

/** A screen and a frame of this size, and hardly any data. */
export function resizeGifFrame(width: number, height: number): Buffer {
  const size = Buffer.alloc(4);
  size.writeUInt16LE(width, 0);
  size.writeUInt16LE(height, 2);
  return Buffer.concat([
    Buffer.from('GIF89a'),
    size,
    Buffer.from([0x80, 0, 0, 0, 0, 0, 255, 255, 255, 0x2c, 0, 0, 0, 0]),
    size,
    Buffer.from([0, 2, 2, 0x4c, 0x01, 0, 0x3b]),
  ]);
}

function resizeAvif(bytes: Buffer, width: number, height: number): Buffer {
  const changed = Buffer.from(bytes);
  const extents = changed.indexOf('ispe');
  changed.writeUInt32BE(width, extents + 8);
  changed.writeUInt32BE(height, extents + 12);
  return changed;
}
