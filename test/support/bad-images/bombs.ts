import { deflateSync } from 'node:zlib';
import { ANYTHING, OK, TOO_LARGE, type CorpusImage } from './bases.ts';
import { resizeGifFrame } from './liars.ts';
import { pngChunk, writePng } from './png.ts';

/** Small files that want to be large ones. */
export function makeBombs(): CorpusImage[] {
  const zeros = (bytes: number) => deflateSync(Buffer.alloc(bytes), { level: 9 });
  const text = Buffer.concat([Buffer.from('comment\0\0', 'latin1'), zeros(60_000_000)]);
  const profile = Buffer.concat([Buffer.from('icc\0\0', 'latin1'), zeros(60_000_000)]);
  const manyTexts = Array.from({ length: 2_000 }, () => pngChunk('tEXt', Buffer.from('a\0b', 'latin1')));
  const small = { width: 40, height: 30 };
  return [
    {
      name: 'png of 30,000 x 30,000, one bit each',
      bytes: writePng({ width: 30_000, height: 30_000, colourType: 0, bitDepth: 1 }),
      expected: TOO_LARGE,
    },
    {
      name: 'png of 50,000 x 50,000 without data',
      bytes: writePng({ width: 50_000, height: 50_000, data: Buffer.alloc(9) }),
      expected: TOO_LARGE,
    },
    {
      name: 'interlaced png of 6,000 x 6,000',
      bytes: writePng({ width: 6_000, height: 6_000, interlaced: true, colourType: 0, bitDepth: 1 }),
      expected: TOO_LARGE,
    },
    {
      name: 'png with a comment of 60 MB',
      bytes: writePng({ ...small, before: [pngChunk('zTXt', text)] }),
      expected: ANYTHING,
    },
    {
      name: 'png with a profile of 60 MB',
      bytes: writePng({ ...small, before: [pngChunk('iCCP', profile)] }),
      expected: ANYTHING,
    },
    { name: 'png with 2,000 comments', bytes: writePng({ ...small, before: manyTexts }), expected: ANYTHING },
    {
      name: 'png of 2 lines whose data are 100 MB',
      bytes: writePng({ width: 3, height: 2, data: Buffer.alloc(100_000_000) }),
      expected: ANYTHING,
    },
    { name: 'gif of 20,000 frames', bytes: manyFrames(20_000), expected: OK },
  ];
}

function manyFrames(count: number): Buffer {
  const one = resizeGifFrame(8, 8);
  const frame = one.subarray(19, -1);
  return Buffer.concat([
    one.subarray(0, 19),
    ...Array.from({ length: count }, () => frame),
    Buffer.from([0x3b]),
  ]);
}
