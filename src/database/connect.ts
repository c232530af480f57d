import { PrismaPg } from '@prisma/adapter-pg';
import { PrismaClient } from './generated/client.ts';
import { HeardClient } from './heard-client.ts';
import type { DatabaseLogger } from './logger.ts';

/** Connections at most, and the milliseconds that a transaction waits for one. */
export interface Pool {
  poolSize: number;
  maxWaitMs: number;
}

export const DEFAULT_POOL: Pool = { poolSize: 10, maxWaitMs: 10_000 };

export interface ConnectOptions extends Partial<Pool> {
  /** URL of the application role. */
  url: string;
  logger: DatabaseLogger;
  /** Called with the SQL of every statement: for counting them. */
  onQuery?: (sql: string) => void;
}

/** A transaction lasts no longer: nothing slow (inference, HTTP) belongs into one. */
const TRANSACTION_LIMIT_MS = 10_000;

/** Opens the pool of the application role. Whoever wants rows takes `createTenantDb` of this client. */
export function createPrisma({
  url,
  logger,
  poolSize = DEFAULT_POOL.poolSize,
  maxWaitMs = DEFAULT_POOL.maxWaitMs,
  onQuery,
}: ConnectOptions): PrismaClient {
  const adapter = new PrismaPg(
    { connectionString: url, max: poolSize, connectionTimeoutMillis: maxWaitMs, Client: HeardClient },
    {
      // An idle connection breaks when the server stops; unheard, that ends the process.
      onPoolError: (error) => logger.warn({ err: error }, 'a database connection broke'),
      onConnectionError: (error) => logger.warn({ err: error }, 'a database connection broke'),
    },
  );
  const transactionOptions = { maxWait: maxWaitMs, timeout: TRANSACTION_LIMIT_MS };
  if (!onQuery) return new PrismaClient({ adapter, transactionOptions });
  const prisma = new PrismaClient({ adapter, transactionOptions, log: [{ emit: 'event', level: 'query' }] });
  prisma.$on('query', (event) => onQuery(event.query));
  return prisma as PrismaClient;
}
