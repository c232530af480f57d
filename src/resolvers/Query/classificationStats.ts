import { readStats } from '../../classification/stats.ts';
import { AppError } from '../../errors.ts';
import { toUuid } from '../../ids.ts';
import type { QueryResolvers } from '../../schema/types.generated.ts';
import { requireScope } from '../../tenancy/viewer.ts';

export const classificationStats: QueryResolvers['classificationStats'] = (
  _,
  { from, to, by, taxonomyId },
  { viewer, services: { db } },
) => readStats(db, requireScope(viewer, 'CLASSIFY'), { from, to, by, taxonomyId: toTaxonomy(taxonomyId) });

function toTaxonomy(id: string | null | undefined): string | null {
  if (id === null || id === undefined) return null;
  const uuid = toUuid('taxonomy', id);
  if (uuid !== null) return uuid;
  throw new AppError('INVALID_INPUT', {
    message: `'taxonomyId' must be the id of a taxonomy, as the API gave it; got '${id.slice(0, 60)}'.`,
    path: ['taxonomyId'],
  });
}
