import { MAX_REFERENCE_LENGTH } from '../classification/classify-input.ts';
import { AppError } from '../errors.ts';
import type { Mapping } from './mapping.ts';
import { readPath } from './json-path.ts';
import { fillTemplate } from './text-template.ts';

/** What a message says of one image. */
export interface MappedImage {
  source: { url: string } | { base64: string } | { bytes: Uint8Array };
  reference: string | null;
  metadata: Record<string, unknown> | null;
}

export interface MappedMessage {
  images: MappedImage[];
  /** The sender's own id of the message; null: it has none. */
  id: string | null;
}

/** Of one message. */
export const MAX_IMAGES = 100;

/**
 * What a JSON message says, by a mapping. Parts that name no image are left out: an event may be about other things too.
 * Throws INVALID_INPUT for more than 100 images.
 */
export function mapMessage(mapping: Mapping, body: unknown): MappedMessage {
  const parts = readPath(body, mapping.images);
  if (parts.length > MAX_IMAGES) {
    const message = `One message has at most ${MAX_IMAGES} images; this one has ${parts.length}.`;
    throw new AppError('INVALID_INPUT', { message });
  }
  return {
    images: parts.flatMap((part) => mapImage(mapping, part) ?? []),
    id: mapping.id === null ? null : fillTemplate(mapping.id, body, { isUrl: false }),
  };
}

/** The same of a sample, which a mapping is tried on. Throws INVALID_INPUT where it finds no image. */
export function mapSample(mapping: Mapping, sample: Record<string, unknown>): MappedImage[] {
  const { images } = mapMessage(mapping, sample);
  if (images.length > 0) return images;
  throw new AppError('INVALID_INPUT', {
    message: 'The mapping finds no image in the sample: compare its JSONPaths with it.',
    path: ['sample'],
  });
}

function mapImage({ url, base64, reference, metadata }: Mapping, part: unknown): MappedImage | null {
  const source = url === null ? readBase64(base64!, part) : readUrl(url, part);
  if (source === null) return null;
  return {
    source,
    reference: reference === null ? null : readReference(reference, part),
    metadata: readMetadata(metadata, part),
  };
}

function readUrl(template: string, part: unknown): { url: string } | null {
  const url = fillTemplate(template, part, { isUrl: true });
  return url === null ? null : { url };
}

/** Its beginning, where it is too long: a bucket sends the event again for ever if the name of one object refuses it. */
function readReference(template: string, part: unknown): string | null {
  const reference = fillTemplate(template, part, { isUrl: false });
  return reference && reference.slice(0, MAX_REFERENCE_LENGTH).toWellFormed();
}

function readBase64(path: string, part: unknown): { base64: string } | null {
  const [base64] = readPath(part, path);
  return typeof base64 === 'string' ? { base64 } : null;
}

function readMetadata(metadata: Mapping['metadata'], part: unknown): Record<string, unknown> | null {
  const found = metadata.flatMap(({ name, path }) => {
    const [value] = readPath(part, path);
    return value === undefined ? [] : [[name, value] as const];
  });
  return found.length === 0 ? null : Object.fromEntries(found);
}
