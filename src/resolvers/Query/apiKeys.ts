import type { Prisma } from '../../database/generated/client.ts';
import type { ApiKeyFilter, ApiKeyState, QueryResolvers } from '../../schema/types.generated.ts';
import { containsText } from '../../taxonomy/read-taxonomies.ts';
import { requireScope } from '../../tenancy/viewer.ts';
import { toConnection } from '../connection.ts';
import { toNamedPage } from '../named-page.ts';

export const apiKeys: QueryResolvers['apiKeys'] = async (_, args, { viewer, services: { db } }) => {
  const tenantId = requireScope(viewer, 'ADMIN');
  const { page, query, beyond, cursorOf } = toNamedPage(args, 'apiKeys');
  const where = { AND: [{ tenantId, ...toWhere(args.filter ?? {}) }, beyond] };
  const rows = await db.withTenant(tenantId, (tx) => tx.apiKey.findMany({ ...query, where }));
  return toConnection(rows, page, cursorOf);
};

function toWhere({ nameContains, state, scope }: ApiKeyFilter): Prisma.ApiKeyWhereInput {
  return {
    name: containsText(nameContains),
    ...(scope && { scopes: { has: scope } }),
    ...(state && WHERE_STATE[state](new Date())),
  };
}

const WHERE_STATE: Record<ApiKeyState, (now: Date) => Prisma.ApiKeyWhereInput> = {
  USABLE: (now) => ({ revokedAt: null, OR: [{ expiresAt: null }, { expiresAt: { gt: now } }] }),
  EXPIRED: (now) => ({ revokedAt: null, expiresAt: { lte: now } }),
  REVOKED: () => ({ revokedAt: { not: null } }),
};
