import { isFile, type FileSource } from './multipart.ts';
import type { ImageInput, TaxonomyRef } from './schema.generated.ts';

/** Bytes, a URL that the server fetches, or either with a reference and metadata. */
export type Image = FileSource | URL | string | ImageInput;

/** A name, or what the API takes: `{ by: { id } }`, `{ by: { name }, version: 3 }`. */
export type TaxonomyChoice = string | TaxonomyRef;

export function toImageInput(image: Image): ImageInput {
  if (isFile(image)) return { source: { upload: image } };
  if (typeof image === 'string' || image instanceof URL) return { source: { url: String(image) } };
  return image;
}

export const toTaxonomyRef = (choice: TaxonomyChoice): TaxonomyRef =>
  typeof choice === 'string' ? { by: { name: choice } } : choice;
