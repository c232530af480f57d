import { createHash } from 'node:crypto';
import type { InboundHook } from '../database/generated/client.ts';
import { mapMessage, type MappedImage } from './map-message.ts';
import { mappingOf } from './mapping.ts';

/** What came, its signature verified. */
export interface VerifiedBody {
  bytes: Buffer;
  /** The JSON in it; undefined: it is an image itself. */
  json?: { value: unknown };
  /** The id that the sender vouches for; null: none. */
  id: string | null;
}

/**
 * The images of a message, and the id by which it is known when it comes again: the one that the sender vouches for, the
 * mapped one, or what its bytes hash to. Throws INVALID_INPUT.
 */
export function readMessage(
  hook: Pick<InboundHook, 'mapping'>,
  { bytes, json, id }: VerifiedBody,
): { senderId: string; images: MappedImage[] } {
  const digest = createHash('sha256').update(bytes).digest('hex');
  if (!json)
    return { senderId: id ?? digest, images: [{ source: { bytes }, reference: id, metadata: null }] };
  const mapped = mapMessage(mappingOf(hook), json.value);
  return { senderId: id ?? mapped.id ?? digest, images: mapped.images };
}
