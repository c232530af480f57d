import { crc32, deflateSync } from 'node:zlib';

export interface PngOptions {
  width: number;
  height: number;
  /** 0 grey, 2 RGB, 3 palette, 4 grey and alpha, 6 RGB and alpha. Default: 2. */
  colourType?: number;
  /** Default: 8. */
  bitDepth?: number;
  interlaced?: boolean;
  /** Raw scan lines, if not those of the picture. */
  data?: Buffer;
  /** Chunks between the header and the data. */
  before?: Buffer[];
}

export const PNG_SIGNATURE = Buffer.from('\x89PNG\r\n\x1a\n', 'latin1');
const SAMPLES: Record<number, number> = { 0: 1, 2: 3, 3: 1, 4: 2, 6: 4 };
/** First column and row, and the steps, of the seven passes of Adam7. */
const ADAM7 = [
  [0, 0, 8, 8],
  [4, 0, 8, 8],
  [0, 4, 4, 8],
  [2, 0, 4, 4],
  [0, 2, 2, 4],
  [1, 0, 2, 2],
  [0, 1, 1, 2],
] as const;

export function pngChunk(type: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), data]);
  const chunk = Buffer.alloc(body.length + 8);
  chunk.writeUInt32BE(data.length);
  body.copy(chunk, 4);
  chunk.writeUInt32BE(crc32(body), body.length + 4);
  return chunk;
}

/** A PNG of any colour type and bit depth, every byte of whose lines is the same: valid, and small at any size. */
export function writePng({
  width,
  height,
  colourType = 2,
  bitDepth = 8,
  interlaced = false,
  data,
  before = [],
}: PngOptions): Buffer {
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header.set([bitDepth, colourType, 0, 0, interlaced ? 1 : 0], 8);
  const bitsPerPixel = (SAMPLES[colourType] ?? 1) * bitDepth;
  const lines = data ?? writeLines({ width, height }, bitsPerPixel, interlaced);
  const palette = Buffer.from(
    Array.from({ length: 2 ** Math.min(bitDepth, 8) * 3 }, (_, i) => (i * 37) % 256),
  );
  return Buffer.concat([
    PNG_SIGNATURE,
    pngChunk('IHDR', header),
    ...(colourType === 3 ? [pngChunk('PLTE', palette)] : []),
    ...before,
    pngChunk('IDAT', deflateSync(lines, { level: 1 })),
    pngChunk('IEND', Buffer.alloc(0)),
  ]);
}

/** Filter type 0 before every line. */
function writeLines(
  size: { width: number; height: number },
  bitsPerPixel: number,
  interlaced: boolean,
): Buffer {
  const passes = interlaced
    ? ADAM7.map(([left, top, across, down]) => ({
        width: Math.ceil((size.width - left) / across),
        height: Math.ceil((size.height - top) / down),
      }))
    : [size];
  return Buffer.concat(
    passes
      .filter(({ width, height }) => width > 0 && height > 0)
      .map(({ width, height }) => {
        const line = Buffer.alloc(1 + Math.ceil((width * bitsPerPixel) / 8), 0x55);
        line[0] = 0;
        return Buffer.alloc(line.length * height, line);
      }),
  );
}
