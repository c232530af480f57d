import { findClassifications, type ClassificationFilter } from '../../classification/find.ts';
import { AppError } from '../../errors.ts';
import { toId, toUuid, type IdPrefix } from '../../ids.ts';
import type { QueryResolvers, ClassificationFilter as FilterInput } from '../../schema/types.generated.ts';
import { requireScope } from '../../tenancy/viewer.ts';
import { primeClassificationPage, readClassificationPage } from '../classification-page.ts';
import { toConnection } from '../connection.ts';
import { toIdWindow } from '../id-page.ts';

export const classifications: QueryResolvers['classifications'] = async (
  _,
  args,
  { viewer, services, loaders },
) => {
  const tenantId = requireScope(viewer, 'CLASSIFY');
  const { page, window: place } = toIdWindow(args, 'classification');
  const ascending = (args.orderBy === 'CREATED_AT_ASC') !== page.backward;
  const window = { limit: place.limit, cursor: place.cursor, ascending };
  const filter = toFilter(args.filter ?? {});
  const found = await services.db.withTenant(tenantId, async (tx) =>
    readClassificationPage(tx, tenantId, await findClassifications(tx, tenantId, filter, window)),
  );
  primeClassificationPage(loaders, found);
  return toConnection(found.rows, page, ({ id }) => toId('classification', id));
};

function toFilter({ taxonomyId, taxonomyVersionId, ...filter }: FilterInput): ClassificationFilter {
  return {
    ...Object.fromEntries(Object.entries(filter).filter(([, value]) => value !== null)),
    ...(taxonomyId && { taxonomyId: requireUuid('taxonomy', taxonomyId, 'filter', 'taxonomyId') }),
    ...(taxonomyVersionId && {
      versionId: requireUuid('version', taxonomyVersionId, 'filter', 'taxonomyVersionId'),
    }),
  };
}

function requireUuid(prefix: IdPrefix, id: string, ...path: string[]): string {
  const uuid = toUuid(prefix, id);
  if (uuid !== null) return uuid;
  throw new AppError('INVALID_INPUT', {
    message: `'${path.join('.')}' must be an id that this API gave (${prefix}_…); got '${id.slice(0, 60)}'.`,
    path,
  });
}
