import { readFileSync } from 'node:fs';
import sharp, { type Sharp } from 'sharp';

/** One image of a corpus. `expected`: `OK`, an error code, or several of these where the damage decides. */
export interface CorpusImage {
  name: string;
  bytes: Buffer;
  expected: readonly string[];
}

export const ANYTHING = ['OK', 'IMAGE_CORRUPT', 'IMAGE_UNSUPPORTED', 'IMAGE_TOO_LARGE'];
export const OK = ['OK'];
export const CORRUPT = ['IMAGE_CORRUPT'];
export const UNSUPPORTED = ['IMAGE_UNSUPPORTED'];
export const TOO_LARGE = ['IMAGE_TOO_LARGE'];

export const fixture = (name: string) =>
  readFileSync(new URL(`../../fixtures/images/${name}`, import.meta.url));

/** One colour all over: small at any size. */
export function plain(width: number, height: number, channels: 3 | 4 = 3): Sharp {
  return sharp({ create: { width, height, channels, background: { r: 90, g: 120, b: 200, alpha: 0.5 } } });
}

/** A small good picture in each of the formats, and in both of the ways that some have. */
export async function makeBases(): Promise<Record<string, Buffer>> {
  const picture = sharp(fixture('size-61x47.png'));
  return {
    'baseline.jpg': fixture('rgb.jpg'),
    'progressive.jpg': fixture('progressive.jpg'),
    'plain.png': fixture('rgba.png'),
    'interlaced.png': await picture.clone().png({ progressive: true }).toBuffer(),
    'lossy.webp': fixture('lossy.webp'),
    'lossless.webp': fixture('alpha.webp'),
    'still.gif': await picture.clone().gif().toBuffer(),
    'still.avif': await picture.clone().avif({ effort: 0 }).toBuffer(),
  };
}

/** Numbers of 0 to 1, the same ones for the same seed. */
export function seededRandom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}
