import DataLoader from 'dataloader';
import { AppError } from '../errors.ts';
import type { TenantDb, Tx } from '../tenancy/tenant-db.ts';

/** Reads the rows of many keys in one statement. */
type ReadRows<Row> = (tx: Tx, tenantId: string, keys: readonly string[]) => Promise<Row[]>;

/** Ids in one statement: a page has 1,000 labels at most. */
const MAX_BATCH_SIZE = 1_000;

/** Makes the loaders of one tenant. Each batch is one transaction with one statement; an operator's loads throw FORBIDDEN. */
export function batchLoaders(db: TenantDb, tenantId: string | null) {
  const read = <Row>(readRows: ReadRows<Row>, keys: readonly string[]): Promise<Row[]> => {
    if (tenantId === null) {
      throw new AppError('FORBIDDEN', { message: 'The operator key does not act inside tenants.' });
    }
    return db.withTenant(tenantId, (tx) => readRows(tx, tenantId, keys));
  };
  return {
    /** One row a key, null where there is none. */
    one<Row>(readRows: ReadRows<Row>, keyOf: (row: Row) => string): DataLoader<string, Row | null> {
      const load = async (keys: readonly string[]) => {
        const rows = new Map((await read(readRows, keys)).map((row) => [keyOf(row), row]));
        return keys.map((key) => rows.get(key) ?? null);
      };
      return new DataLoader(load, { maxBatchSize: MAX_BATCH_SIZE });
    },
    /** All rows of a key, in the order of the statement. */
    many<Row>(readRows: ReadRows<Row>, keyOf: (row: Row) => string): DataLoader<string, Row[]> {
      const load = async (keys: readonly string[]) => {
        const rows = Map.groupBy(await read(readRows, keys), keyOf);
        return keys.map((key) => rows.get(key) ?? []);
      };
      return new DataLoader(load, { maxBatchSize: MAX_BATCH_SIZE });
    },
  };
}
