import type { Context, Services } from '../context.ts';
import { AppError } from '../errors.ts';
import { toUuid } from '../ids.ts';
import { requireScope } from '../tenancy/viewer.ts';
import { withUserErrors } from './user-errors.ts';

/**
 * Runs a mutation of taxonomies: scope TAXONOMY_WRITE, user errors as data, and fresh loaders for what the payload
 * and the next mutation of the same request select.
 */
export function mutateTaxonomy<Payload extends object, Empty extends object = object>(
  { viewer, services, loaders }: Context,
  mutate: (services: Services, tenantId: string) => Promise<Payload>,
  empty?: Empty,
) {
  return withUserErrors(async () => {
    const payload = await mutate(services, requireScope(viewer, 'TAXONOMY_WRITE'));
    loaders.clearAll();
    return payload;
  }, empty);
}

/**
 * Which draft an input means. Throws NOT_FOUND where the id is malformed: the same as for one that is absent.
 * Where the input calls it `id`, that is what the error names.
 */
export function toDraftEdit(input: { expectedRevision: number } & ({ id: string } | { taxonomyId: string })) {
  const [field, id] = 'id' in input ? ['id', input.id] : ['taxonomyId', input.taxonomyId];
  const uuid = toUuid('taxonomy', id);
  if (uuid !== null) return { taxonomyId: uuid, expectedRevision: input.expectedRevision };
  throw new AppError('NOT_FOUND', { message: 'There is no such taxonomy.', path: [field] });
}
