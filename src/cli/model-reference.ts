import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { AppError } from '../errors.ts';

const vector = z.array(z.number()).min(1).max(8_192);

/** Vectors that another implementation made of this model, recorded beside it as `reference.json`. */
const referenceSchema = z
  .object({
    texts: z.array(z.object({ text: z.string(), embedding: vector })).default([]),
    /** Files beside it. */
    images: z.array(z.object({ file: z.string().regex(/^[\w.-]+$/), embedding: vector })).default([]),
  })
  .refine(({ texts, images }) => texts.length + images.length > 0, {
    error: 'expected a text or an image at least',
  });

export type Reference = z.infer<typeof referenceSchema>;

/** Undefined where a model has none. Throws MODEL_NOT_AVAILABLE where it cannot be read. */
export async function readReference(directory: string): Promise<Reference | undefined> {
  const path = join(directory, 'reference.json');
  const text = await readFile(path, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return undefined;
    throw error;
  });
  if (text === undefined) return undefined;
  try {
    return referenceSchema.parse(JSON.parse(text));
  } catch (cause) {
    const reason = cause instanceof z.ZodError ? z.prettifyError(cause) : String(cause);
    throw new AppError('MODEL_NOT_AVAILABLE', { message: `${path} cannot be used: ${reason}.`, cause });
  }
}

/** Of two vectors of any length but 0; those that need not be unit vectors too. */
export function cosine(one: ArrayLike<number>, other: ArrayLike<number>): number {
  if (one.length !== other.length) return Number.NaN;
  const dot = (a: ArrayLike<number>, b: ArrayLike<number>) =>
    Array.from(a).reduce((sum, value, i) => sum + value * b[i]!, 0);
  return dot(one, other) / Math.sqrt(dot(one, one) * dot(other, other));
}
