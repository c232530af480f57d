import type { Tenant } from '../database/generated/client.ts';
import { AppError } from '../errors.ts';
import { checkLimit } from './check-limit.ts';
import type { TenantDb } from './tenant-db.ts';
import { requireScope, type Viewer } from './viewer.ts';

/** Undefined leaves a value as it is; null takes a limit away. */
export interface TenantChanges {
  quotas?: { imagesPerMinute?: number | null; imagesPerMonth?: number | null } | null | undefined;
  retention?: { classificationsDays?: number | null } | null | undefined;
  trustedDocumentsOnly?: boolean | null | undefined;
}

/**
 * Changes a tenant: the operator any, which `tenantId` names; a key of scope ADMIN its own, all but the quotas.
 * Throws INVALID_INPUT, NOT_FOUND, FORBIDDEN. A new quota holds from the next request on.
 */
export async function updateTenant(
  db: TenantDb,
  viewer: Viewer,
  { tenantId, changes }: { tenantId: string | null | undefined; changes: TenantChanges },
): Promise<Tenant> {
  const id = findOwnTenant(viewer, tenantId, changes);
  const { quotas, retention, trustedDocumentsOnly } = changes;
  checkLimit('imagesPerMinute', quotas?.imagesPerMinute, ['quotas', 'imagesPerMinute']);
  checkLimit('imagesPerMonth', quotas?.imagesPerMonth, ['quotas', 'imagesPerMonth']);
  checkLimit('classificationsDays', retention?.classificationsDays, ['retention', 'classificationsDays']);
  const data = {
    imagesPerMinute: quotas?.imagesPerMinute,
    imagesPerMonth: quotas?.imagesPerMonth,
    classificationsKeptDays: retention?.classificationsDays,
    trustedDocumentsOnly: trustedDocumentsOnly ?? undefined,
  };
  const update = (tx: Parameters<Parameters<TenantDb['withTenant']>[1]>[0]) =>
    tx.tenant.updateManyAndReturn({ where: { id }, data });
  const [tenant] = await (viewer.kind === 'operator' ? db.withOperator(update) : db.withTenant(id, update));
  if (!tenant) throw notFound();
  return tenant;
}

/** The tenant that the viewer may change in this way. */
function findOwnTenant(
  viewer: Viewer,
  tenantId: string | null | undefined,
  { quotas }: TenantChanges,
): string {
  if (viewer.kind === 'operator') {
    if (tenantId === undefined) {
      throw new AppError('INVALID_INPUT', {
        message: "The operator names the tenant with 'id'.",
        path: ['id'],
      });
    }
    if (tenantId === null) throw notFound();
    return tenantId;
  }
  const own = requireScope(viewer, 'ADMIN');
  if (tenantId !== undefined && tenantId !== own) throw notFound();
  if (!quotas) return own;
  throw new AppError('FORBIDDEN', {
    message: 'Quotas are set with the operator key; a key of the tenant can read them.',
  });
}

function notFound(): AppError {
  return new AppError('NOT_FOUND', { message: 'There is no tenant with this id.', path: ['id'] });
}
