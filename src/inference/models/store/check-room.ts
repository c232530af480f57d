import { statfs } from 'node:fs/promises';
import { AppError } from '../../../errors.ts';

/** Kept free, so that what else uses the disk goes on. */
const SPARE_BYTES = 100_000_000;

/** Throws MODEL_NOT_AVAILABLE where a directory's disk has no room for so much more. */
export async function checkRoom(directory: string, neededBytes: number): Promise<void> {
  const { bavail, bsize } = await statfs(directory);
  const freeBytes = bavail * bsize;
  if (freeBytes >= neededBytes + SPARE_BYTES) return;
  const message =
    `There is no room in ${directory}: ${megabytes(neededBytes + SPARE_BYTES)} are needed (what is fetched, what is made ` +
    `of it, and 100 MB to spare), and ${megabytes(freeBytes)} are free. Free some, or set TAXOLENS_MODELS_DIR to another disk.`;
  throw new AppError('MODEL_NOT_AVAILABLE', { message, details: { neededBytes, freeBytes } });
}

/** The same refusal where a disk turned out to be full; any other error as it is. */
export function explainFullDisk(error: unknown, directory: string): unknown {
  const { code } = error as NodeJS.ErrnoException;
  if (error instanceof AppError || !['ENOSPC', 'EDQUOT', 'EFBIG'].includes(code ?? '')) return error;
  const message =
    `There is no room left in ${directory} (${code}). Free some, or set TAXOLENS_MODELS_DIR to another disk, and run it ` +
    'again: it goes on where it stopped.';
  return new AppError('MODEL_NOT_AVAILABLE', { message, cause: error });
}

export function megabytes(bytes: number): string {
  return `${(bytes / 1e6).toFixed(bytes < 1e7 ? 1 : 0)} MB`;
}
