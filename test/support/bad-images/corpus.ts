import { makeBases, type CorpusImage } from './bases.ts';
import { corrupt, truncate } from './damage.ts';
import { makeBombs } from './bombs.ts';
import { makeExtremes } from './extremes.ts';
import { makeLiars } from './liars.ts';
import { makeColourTypes, makePolyglots, makeRotations } from './others.ts';

/** More than 200 images that should not be, and some that only look so: the same ones for the same seed. */
export async function makeCorpus(seed: number): Promise<CorpusImage[]> {
  const bases = await makeBases();
  return [
    ...truncate(bases),
    ...corrupt(bases, seed),
    ...(await makeLiars(bases)),
    ...makeBombs(),
    ...makePolyglots(bases),
    ...makeColourTypes(),
    ...makeRotations(bases['baseline.jpg']!),
    ...(await makeExtremes()),
  ];
}
