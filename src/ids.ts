import { createHash } from 'node:crypto';
import { TypeID, typeid } from 'typeid-js';

/** The prefix of each node's id. */
export type IdPrefix =
  | 'tenant'
  | 'apikey'
  | 'taxonomy'
  | 'version'
  | 'label'
  | 'classification'
  | 'endpoint'
  | 'event'
  | 'delivery'
  | 'job'
  | 'hook'
  | 'message';

let makeUuid = () => typeid().toUUID();

/** A new UUIDv7, as the database keeps it: ids sort by the time of their making. */
export function newUuid(): string {
  return makeUuid();
}

/** The UUID (version 8) of whatever these values name together: the same values give the same one. */
export function uuidOf(...values: (string | number)[]): string {
  const bytes = createHash('sha256').update(JSON.stringify(values)).digest().subarray(0, 16);
  bytes[6] = (bytes[6]! & 0x0f) | 0x80;
  bytes[8] = (bytes[8]! & 0x3f) | 0x80;
  return bytes.toString('hex').replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-');
}

/** Where ids come from, from now on: for tests that compare answers byte for byte. */
export function setUuidSource(source: () => string): void {
  makeUuid = source;
}

/** The id that clients see: `taxonomy_01h2…`. */
export function toId(prefix: IdPrefix, uuid: string): string {
  return TypeID.fromUUID(prefix, uuid).toString();
}

/** The UUID inside an id, or null where it is malformed or of another type. */
export function toUuid(prefix: IdPrefix, id: string): string | null {
  return parseId(id)?.prefix === prefix ? TypeID.fromString(id).toUUID() : null;
}

/** What an id says of itself, or null where it is malformed. */
export function parseId(id: string): { prefix: string; uuid: string } | null {
  try {
    const parsed = TypeID.fromString(id);
    return { prefix: parsed.getType(), uuid: parsed.toUUID() };
  } catch {
    return null;
  }
}
