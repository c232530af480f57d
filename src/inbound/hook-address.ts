import { AppError } from '../errors.ts';
import { toId, toUuid } from '../ids.ts';

/** Whose hook it is comes first, so that no look-up crosses tenants. */
const ADDRESS = /^([0-9a-z]{26})_([0-9a-z]{26})$/;

/** What stands behind `/hooks/`: it names a hook, and proves nothing. */
export function toAddress({ tenantId, id }: { tenantId: string; id: string }): string {
  return `${toId('tenant', tenantId).slice('tenant_'.length)}_${toId('hook', id).slice('hook_'.length)}`;
}

/** Null where it is malformed. */
export function parseAddress(address: string): { tenantId: string; id: string } | null {
  const [, tenant, hook] = ADDRESS.exec(address) ?? [];
  const tenantId = toUuid('tenant', `tenant_${tenant}`);
  const id = toUuid('hook', `hook_${hook}`);
  return tenantId !== null && id !== null ? { tenantId, id } : null;
}

/** In the same words whatever is wrong with the address. */
export function noSuchHook(): AppError {
  return new AppError('NOT_FOUND', { message: 'There is no such hook.' });
}
