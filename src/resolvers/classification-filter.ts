import type { ClassificationFilter } from '../classification/find.ts';
import { AppError } from '../errors.ts';
import { toUuid, type IdPrefix } from '../ids.ts';
import type { ClassificationFilter as FilterInput } from '../schema/types.generated.ts';

/** Throws INVALID_INPUT for what is no id. `path` leads to the filter. */
export function toClassificationFilter(
  { taxonomyId, taxonomyVersionId, ...filter }: FilterInput,
  path: string[],
): ClassificationFilter {
  const given = Object.entries(filter).filter(([, value]) => value !== null);
  return {
    ...Object.fromEntries(given),
    ...(taxonomyId && { taxonomyId: requireUuid('taxonomy', taxonomyId, [...path, 'taxonomyId']) }),
    ...(taxonomyVersionId && {
      versionId: requireUuid('version', taxonomyVersionId, [...path, 'taxonomyVersionId']),
    }),
  };
}

function requireUuid(prefix: IdPrefix, id: string, path: string[]): string {
  const uuid = toUuid(prefix, id);
  if (uuid !== null) return uuid;
  throw new AppError('INVALID_INPUT', {
    message: `'${path.join('.')}' must be an id that this API gave (${prefix}_…); got '${id.slice(0, 60)}'.`,
    path,
  });
}
