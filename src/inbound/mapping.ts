import type { InboundHook } from '../database/generated/client.ts';
import { AppError } from '../errors.ts';
import { checkPath, checkValuePath } from './json-path.ts';
import { checkTemplate } from './text-template.ts';

/** Where the images of a JSON message are, and what is to be known of them; the JSON of `InboundHook.mapping`. */
export interface Mapping {
  /** A JSONPath: selects the part of the message that is about an image, one an image. */
  images: string;
  /** A template over such a part: what the image is fetched from. */
  url: string | null;
  /** A JSONPath over such a part: the image itself. */
  base64: string | null;
  /** A template over such a part. */
  reference: string | null;
  /** JSONPaths over such a part, by the names that their values get. */
  metadata: readonly { name: string; path: string }[];
  /** A template over the whole message: by which a repeated message is known. */
  id: string | null;
}

const MAX_METADATA = 50;
const MAX_NAME_LENGTH = 100;

export function mappingOf({ mapping }: Pick<InboundHook, 'mapping'>): Mapping {
  return mapping as unknown as Mapping;
}

/** Throws INVALID_INPUT at the part that is wrong. */
export function checkMapping({ images, url, base64, reference, metadata, id }: Mapping): void {
  const at = (...path: string[]) => ['mapping', ...path];
  checkPath(images, at('images'));
  if ((url === null) === (base64 === null)) {
    const message = "A mapping says where an image is: by 'url' or by 'base64', one of the two.";
    throw new AppError('INVALID_INPUT', { message, path: at('url') });
  }
  if (base64 !== null) checkValuePath(base64, at('base64'));
  for (const [field, template] of Object.entries({ url, reference, id })) {
    if (template !== null) checkTemplate(template, at(field));
  }
  checkMetadata(metadata, at('metadata'));
}

function checkMetadata(metadata: Mapping['metadata'], field: string[]): void {
  const invalid = (message: string) => new AppError('INVALID_INPUT', { message, path: field });
  if (metadata.length > MAX_METADATA) throw invalid(`Metadata has at most ${MAX_METADATA} names.`);
  if (new Set(metadata.map(({ name }) => name)).size < metadata.length)
    throw invalid('Each name stands once.');
  for (const [index, { name, path }] of metadata.entries()) {
    if (name.length < 1 || name.length > MAX_NAME_LENGTH) {
      throw invalid(`A name has 1 to ${MAX_NAME_LENGTH} characters.`);
    }
    checkValuePath(path, [...field, String(index), 'path']);
  }
}
