import type { Sharp } from 'sharp';
import { ANYTHING, OK, plain, type CorpusImage } from './bases.ts';

/** As small, as wide and as high as a format can be; and as large as is read, and larger. */
export async function makeExtremes(): Promise<CorpusImage[]> {
  const sizes: [width: number, height: number, formats: ('jpeg' | 'png' | 'webp' | 'gif' | 'avif')[]][] = [
    [1, 1, ['jpeg', 'png', 'webp', 'gif', 'avif']],
    [65_500, 1, ['jpeg', 'png', 'gif']],
    [1, 65_500, ['jpeg', 'png', 'gif']],
    [16_383, 1, ['webp', 'avif']],
    [1, 16_383, ['webp', 'avif']],
  ];
  const extremes: CorpusImage[] = [];
  for (const [width, height, formats] of sizes) {
    for (const format of formats) {
      const bytes = await plain(width, height).toFormat(format, { effort: 1 }).toBuffer();
      extremes.push({
        name: `${format} of ${width} x ${height}`,
        bytes,
        expected: format === 'avif' ? ANYTHING : OK,
      });
    }
  }
  const wide = await plain(65_500, 1).jpeg({ progressive: true }).toBuffer();
  return [...extremes, { name: 'progressive jpeg of 65,500 x 1', bytes: wide, expected: OK }];
}

/**
 * The largest that are read, of the hungriest kinds. One at a time: each is slow. Made beside this thread, for a held-up
 * client finds its connections closed.
 */
export async function* makeGiants(): AsyncGenerator<CorpusImage> {
  const whole = plain(4_990, 4_990, 4);
  const deep = { compressionLevel: 1 } as const;
  const giants: Record<string, Sharp> = {
    'progressive jpeg, 24.9 MP': whole.clone().jpeg({ progressive: true }),
    'interlaced png, 24.9 MP of 64 bits': whole
      .clone()
      .toColourspace('rgb16')
      .png({ ...deep, progressive: true }),
    'turned png, 49 MP of 64 bits': plain(7_000, 7_000, 4)
      .toColourspace('rgb16')
      .withMetadata({ orientation: 6 })
      .png(deep),
    'webp, 49 MP with alpha': plain(7_000, 7_000, 4).webp({ effort: 0 }),
    'gif, 24.9 MP': whole.clone().gif({ effort: 1 }),
    'avif, 24.9 MP': whole.clone().avif({ effort: 0 }),
  };
  for (const [name, image] of Object.entries(giants)) {
    yield { name, bytes: await image.toBuffer(), expected: OK };
  }
}
