import type { Prisma, Taxonomy } from '../database/generated/client.ts';
import { toUuid } from '../ids.ts';
import type { TenantDb } from '../tenancy/tenant-db.ts';
import { isStorable } from './text-rules.ts';
import type { Window } from './window.ts';

export interface TaxonomyFilter {
  nameContains?: string | null;
  /** Archived ones instead of those in use. */
  archived?: boolean | null;
}

/** The newest first, or by name; the cursor is the id or the name of a taxonomy. */
export type TaxonomyOrder = 'CREATED_AT_DESC' | 'NAME_ASC';

/** One taxonomy by its id or its name, archived or not; null where there is none. */
export async function findTaxonomy(
  db: TenantDb,
  tenantId: string,
  by: { id?: string | null; name?: string | null },
): Promise<Taxonomy | null> {
  const { name } = by;
  const id = typeof by.id === 'string' ? toUuid('taxonomy', by.id) : null;
  if (id !== null) {
    return db.withTenant(tenantId, (tx) =>
      tx.taxonomy.findUnique({ where: { tenantId_id: { tenantId, id } } }),
    );
  }
  if (typeof name !== 'string' || !isStorable(name)) return null;
  const where = { tenantId_name: { tenantId, name } };
  return db.withTenant(tenantId, (tx) => tx.taxonomy.findUnique({ where }));
}

/** A window over the tenant's taxonomies (one row more where there is more), and how many there are in all. */
export async function listTaxonomies(
  db: TenantDb,
  tenantId: string,
  { filter, orderBy, ...window }: Window<string> & { filter: TaxonomyFilter; orderBy: TaxonomyOrder },
): Promise<{ rows: Taxonomy[]; totalCount: number }> {
  const { nameContains, archived } = filter;
  if (typeof nameContains === 'string' && !isStorable(nameContains)) return { rows: [], totalCount: 0 };
  const where: Prisma.TaxonomyWhereInput = {
    tenantId,
    archivedAt: archived ? { not: null } : null,
    name: containsText(nameContains),
  };
  // Ids are UUIDv7: their order is that of creation.
  const column = orderBy === 'NAME_ASC' ? 'name' : 'id';
  const ascending = (orderBy === 'NAME_ASC') !== window.backward;
  const beyond = window.cursor === null ? {} : { [column]: { [ascending ? 'gt' : 'lt']: window.cursor } };
  return db.withTenant(tenantId, async (tx) => ({
    rows: await tx.taxonomy.findMany({
      where: { AND: [where, beyond] },
      orderBy: { [column]: ascending ? 'asc' : 'desc' },
      take: window.limit + 1,
    }),
    totalCount: await tx.taxonomy.count({ where }),
  }));
}

/** A condition on a column: that it contains this text, in any case. None where there is no text. */
export function containsText(text: string | null | undefined): Prisma.StringFilter | undefined {
  return text ? { contains: escapeLike(text), mode: 'insensitive' } : undefined;
}

/** What is searched for is text, no pattern. */
function escapeLike(text: string): string {
  return text.replace(/[\\%_]/g, (character) => `\\${character}`);
}
