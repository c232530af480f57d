import { findClassifications } from '../../classification/find.ts';
import { toId } from '../../ids.ts';
import type { QueryResolvers } from '../../schema/types.generated.ts';
import { requireScope } from '../../tenancy/viewer.ts';
import { toClassificationFilter } from '../classification-filter.ts';
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
  const filter = toClassificationFilter(args.filter ?? {}, ['filter']);
  const found = await services.db.withTenant(tenantId, async (tx) =>
    readClassificationPage(tx, tenantId, await findClassifications(tx, tenantId, filter, window)),
  );
  primeClassificationPage(loaders, found);
  return toConnection(found.rows, page, ({ id }) => toId('classification', id));
};
