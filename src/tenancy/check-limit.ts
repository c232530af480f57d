import { AppError } from '../errors.ts';

const MOST = {
  imagesPerMinute: 1_000_000,
  imagesPerMonth: 2_000_000_000,
  classificationsDays: 3_650,
  imageEmbeddingsDays: 3_650,
  imagesDays: 3_650,
};

/** A limit that can be set is a number from 1 to the most that makes sense, or none. Throws INVALID_INPUT. */
export function checkLimit(limit: keyof typeof MOST, value: number | null | undefined, path: string[]): void {
  if (value === null || value === undefined || (value >= 1 && value <= MOST[limit])) return;
  throw new AppError('INVALID_INPUT', {
    message: `'${limit}' takes 1 to ${MOST[limit]}, or null for none; got ${value}.`,
    path,
  });
}
