import type { QueryResolvers } from '../../schema/types.generated.ts';
import { findTaxonomy } from '../../taxonomy/read-taxonomies.ts';
import { requireScope } from '../../tenancy/viewer.ts';

export const taxonomy: QueryResolvers['taxonomy'] = (_, { by }, { viewer, services: { db } }) =>
  findTaxonomy(db, requireScope(viewer, 'TAXONOMY_READ'), by);
