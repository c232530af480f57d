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
  | 'job';

let makeUuid = () => typeid().toUUID();

/** A new UUIDv7, as the database keeps it: ids sort by the time of their making. */
export function newUuid(): string {
  return makeUuid();
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
