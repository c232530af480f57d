import { toUuid } from '../../ids.ts';
import type { QueryResolvers } from '../../schema/types.generated.ts';
import { requireScope } from '../../tenancy/viewer.ts';

export const classification: QueryResolvers['classification'] = async (_, { id }, { viewer, loaders }) => {
  requireScope(viewer, 'CLASSIFY');
  const uuid = toUuid('classification', id);
  return uuid === null ? null : loaders.classification.load(uuid);
};
