import type { Tenant } from '../database/generated/client.ts';
import { AppError } from '../errors.ts';
import { checkLimit } from './check-limit.ts';
import { noSuchTenant, requireNamedTenant, type GivenTenant } from './named-tenant.ts';
import type { TenantDb } from './tenant-db.ts';
import type { Viewer } from './viewer.ts';

const RETENTION = ['classificationsDays', 'imageEmbeddingsDays', 'imagesDays'] as const;

/** Undefined leaves a value as it is; null takes a limit away. */
export interface TenantChanges {
  quotas?: { imagesPerMinute?: number | null; imagesPerMonth?: number | null } | null | undefined;
  retention?: Partial<Record<(typeof RETENTION)[number], number | null>> | null | undefined;
  trustedDocumentsOnly?: boolean | null | undefined;
}

/**
 * Changes a tenant: the operator any, which `tenantId` names; a key of scope ADMIN its own, all but the quotas.
 * Throws INVALID_INPUT, NOT_FOUND, FORBIDDEN. A new quota holds from the next request on.
 */
export async function updateTenant(
  db: TenantDb,
  viewer: Viewer,
  { tenantId, changes }: { tenantId: GivenTenant; changes: TenantChanges },
): Promise<Tenant> {
  const id = requireNamedTenant(viewer, tenantId, 'id');
  if (changes.quotas) requireQuotaRight(viewer);
  const { quotas, retention, trustedDocumentsOnly } = changes;
  checkLimit('imagesPerMinute', quotas?.imagesPerMinute, ['quotas', 'imagesPerMinute']);
  checkLimit('imagesPerMonth', quotas?.imagesPerMonth, ['quotas', 'imagesPerMonth']);
  for (const days of RETENTION) checkLimit(days, retention?.[days], ['retention', days]);
  const data = {
    imagesPerMinute: quotas?.imagesPerMinute,
    imagesPerMonth: quotas?.imagesPerMonth,
    classificationsKeptDays: retention?.classificationsDays,
    imageEmbeddingsKeptDays: retention?.imageEmbeddingsDays,
    imagesKeptDays: retention?.imagesDays,
    trustedDocumentsOnly: trustedDocumentsOnly ?? undefined,
  };
  const update = (tx: Parameters<Parameters<TenantDb['withTenant']>[1]>[0]) =>
    tx.tenant.updateManyAndReturn({ where: { id }, data });
  const [tenant] = await (viewer.kind === 'operator' ? db.withOperator(update) : db.withTenant(id, update));
  if (!tenant) throw noSuchTenant('id');
  return tenant;
}

function requireQuotaRight({ kind }: Viewer): void {
  if (kind === 'operator') return;
  throw new AppError('FORBIDDEN', {
    message: 'Quotas are set with the operator key; a key of the tenant can read them.',
  });
}
