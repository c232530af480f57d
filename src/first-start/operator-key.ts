import { hashSecret, makeOperatorKey } from '../tenancy/secrets.ts';
import type { TenantDb } from '../tenancy/tenant-db.ts';

export interface OperatorKey {
  /** What a presented key is compared with. */
  hash: Uint8Array;
  /** The key itself, at the one start that made it. */
  secret: string | null;
  source: 'environment' | 'made';
}

/**
 * The key of the operator: TAXOLENS_OPERATOR_KEY where it is set, else the one that the first start made, of which
 * only the hash is kept. Of processes that start at once, one makes it.
 */
export async function prepareOperatorKey(db: TenantDb, configured: string | undefined): Promise<OperatorKey> {
  if (configured !== undefined) return { hash: hashSecret(configured), secret: null, source: 'environment' };
  const secret = makeOperatorKey();
  const made = hashSecret(secret);
  const [row] = await db.withOperator(
    (tx) => tx.$queryRaw<{ hash: Uint8Array }[]>`
      insert into installation as present (id, operator_key_hash) values (1, ${made})
      on conflict (id) do update
        set operator_key_hash = coalesce(present.operator_key_hash, excluded.operator_key_hash)
      returning operator_key_hash as hash`,
  );
  const hash = row!.hash;
  return { hash, secret: made.equals(hash) ? secret : null, source: 'made' };
}
