import type { TenantDb } from '../tenancy/tenant-db.ts';
import type { BuiltMatrix } from './build-matrix.ts';
import type { ClosePair } from './closeness/closest-pairs.ts';

/** Which taxonomy matrix: of one version in one prompt language. */
export interface MatrixOwner {
  tenantId: string;
  versionId: string;
  language: string;
}

/** Bytes in one statement: some milliseconds of work for the event loop. All of 5,000 labels took 50 of them. */
const PART_BYTES = 512 * 1024;

/**
 * Stores a taxonomy matrix with its closest pairs; one that is there already stays. A transaction a part: nobody reads a
 * matrix before its version is READY, and a run that was cut short is made good by the next.
 */
export async function writeMatrix(
  db: TenantDb,
  owner: MatrixOwner,
  { matrix, dimension, fallbacks, closest }: BuiltMatrix & { closest: ClosePair[] },
): Promise<void> {
  const { tenantId, versionId, language } = owner;
  const row = { ...owner, dimension, fallbacks, closest };
  await db.withTenant(tenantId, (tx) => tx.taxonomyMatrix.createMany({ data: [row], skipDuplicates: true }));
  for (let start = 0, part = 0; start < matrix.byteLength; start += PART_BYTES, part++) {
    const length = Math.min(PART_BYTES, matrix.byteLength - start);
    const data = Buffer.from(matrix.buffer, matrix.byteOffset + start, length);
    await db.withTenant(
      tenantId,
      (tx) => tx.$executeRaw`
        insert into taxonomy_matrix_part (tenant_id, version_id, language, part, data)
        values (${tenantId}::uuid, ${versionId}::uuid, ${language}, ${part}, ${data})
        on conflict do nothing`,
    );
  }
}

/** A taxonomy matrix with the ids of its labels, row by row. Throws Error where there is none, or not all of it. */
export async function readMatrix(db: TenantDb, owner: MatrixOwner) {
  const { tenantId, versionId } = owner;
  const { dimension, fallbacks, labelIds } = await db.withTenant(tenantId, async (tx) => {
    const where = { tenantId_versionId_language: owner };
    const head = await tx.taxonomyMatrix.findUniqueOrThrow({ where });
    const [row] = await tx.$queryRaw<{ ids: string[] }[]>`
      select json_agg(id order by position) as ids from label
      where tenant_id = ${tenantId}::uuid and version_id = ${versionId}::uuid`;
    return { ...head, labelIds: row!.ids };
  });
  const data = new Float32Array(labelIds.length * dimension);
  await readParts(db, owner, new Uint8Array(data.buffer));
  return { data, dimension, labelIds, fallbacks: fallbacks as Record<number, string> };
}

async function readParts(db: TenantDb, owner: MatrixOwner, out: Uint8Array): Promise<void> {
  const { tenantId } = owner;
  for (let start = 0, part = 0; start < out.length; part++) {
    const where = { tenantId_versionId_language_part: { ...owner, part } };
    const { data } = await db.withTenant(tenantId, (tx) =>
      tx.taxonomyMatrixPart.findUniqueOrThrow({ where }),
    );
    out.set(data, start);
    start += data.length;
  }
}
