import { DEFAULT_POOL, type Pool } from '../database/connect.ts';
import { mapDatabaseError } from '../database/map-database-error.ts';
import type { Prisma, PrismaClient } from '../database/generated/client.ts';
import { ConnectionTurns } from './connection-turns.ts';

/** An open transaction, bound to one tenant (or the operator) by the policies of the database. */
export type Tx = Prisma.TransactionClient;

export interface TenantDb {
  /**
   * Runs `work` in one transaction that sees and writes the rows of this tenant only. Keep it short: no inference
   * and no HTTP inside. `turn`: whose turn it takes for a connection, where not the tenant's.
   * Throws OVERLOADED when the database cannot be reached or has no connection to spare.
   */
  withTenant<T>(tenantId: string, work: (tx: Tx) => Promise<T>, options?: { turn?: string }): Promise<T>;
  /**
   * Runs `work` for the operator: it sees the tenants and the installation, and of the rows of tenants only those
   * of `tenantId`, if one is named.
   */
  withOperator<T>(work: (tx: Tx) => Promise<T>, options?: { tenantId?: string }): Promise<T>;
}

/** The only way to rows: whatever else asks the database sees none. `pool`: what the client was made with. */
export function createTenantDb(prisma: PrismaClient, pool: Pool = DEFAULT_POOL): TenantDb {
  const turns = new ConnectionTurns(pool);
  const run = async <T>(
    scope: { tenantId: string; operator: 'on' | ''; turn: string },
    work: (tx: Tx) => Promise<T>,
  ): Promise<T> => {
    try {
      return await turns.run(scope.turn, () =>
        prisma.$transaction(async (tx) => {
          // Local to the transaction (true): the next user of the connection inherits nothing.
          await tx.$executeRaw`select set_config('app.tenant_id', ${scope.tenantId}, true),
                                    set_config('app.operator', ${scope.operator}, true)`;
          return work(tx);
        }),
      );
    } catch (error) {
      throw mapDatabaseError(error);
    }
  };
  return {
    withTenant: (tenantId, work, { turn = tenantId } = {}) => run({ tenantId, operator: '', turn }, work),
    withOperator: (work, { tenantId = '' } = {}) => run({ tenantId, operator: 'on', turn: tenantId }, work),
  };
}
