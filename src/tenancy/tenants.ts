import { Prisma, type Tenant } from '../database/generated/client.ts';
import { AppError } from '../errors.ts';
import { newUuid } from '../ids.ts';
import { insertApiKey, type NewApiKey } from './api-keys.ts';
import { checkName } from './check-name.ts';
import type { TenantDb } from './tenant-db.ts';

/** Creates a tenant with its first API key, of scope ADMIN. Throws INVALID_INPUT, NAME_TAKEN. */
export async function createTenant(
  db: TenantDb,
  { name }: { name: string },
): Promise<{ tenant: Tenant; adminKey: NewApiKey }> {
  checkName(name);
  const id = newUuid();
  const create = async (tx: Prisma.TransactionClient) => {
    const tenant = await tx.tenant.create({ data: { id, name } });
    const adminKey = await insertApiKey(tx, id, { name: 'first key', scopes: ['ADMIN'] });
    return { tenant, adminKey };
  };
  return db.withOperator(create, { tenantId: id }).catch((error: unknown) => {
    const isTaken = error instanceof Prisma.PrismaClientKnownRequestError && error.code === 'P2002';
    if (!isTaken) throw error;
    throw new AppError('NAME_TAKEN', {
      message: `There is a tenant named '${name}' already.`,
      path: ['name'],
    });
  });
}
