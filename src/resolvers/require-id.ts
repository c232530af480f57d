import { AppError } from '../errors.ts';
import { toUuid, type IdPrefix } from '../ids.ts';

const NOUNS = {
  taxonomy: 'taxonomy',
  version: 'version',
  endpoint: 'webhook endpoint',
  event: 'event',
  delivery: 'delivery',
  job: 'classification job',
  hook: 'inbound hook',
} satisfies Partial<Record<IdPrefix, string>>;

/** The UUID of an id in an input. Throws NOT_FOUND, as for what is absent, where it is malformed. */
export function requireId(prefix: keyof typeof NOUNS, id: string, ...path: string[]): string {
  const uuid = toUuid(prefix, id);
  if (uuid !== null) return uuid;
  throw new AppError('NOT_FOUND', { message: `There is no ${NOUNS[prefix]} with this id.`, path });
}
