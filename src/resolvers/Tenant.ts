import { toId } from '../ids.ts';
import type { TenantResolvers } from '../schema/types.generated.ts';

export const Tenant: TenantResolvers = { id: ({ id }) => toId('tenant', id) };
