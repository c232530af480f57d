import type { TenantDb, Tx } from '../tenancy/tenant-db.ts';
import { packVectors, unpackVectors } from '../taxonomy/vectors.ts';
import type { ScoredImage } from './score-images.ts';

/** What an image embedding is of: an image encoder, and the SHA-256 of an image in hex. */
export interface EmbeddingKey {
  imageRevision: string;
  sha256: string;
}

/** A map's key. */
export function nameOf({ imageRevision, sha256 }: EmbeddingKey): string {
  return `${imageRevision} ${sha256}`;
}

/** Keeps what these images were scored by, in the transaction of their classifications. What is there stays. */
export async function keepEmbeddings(
  tx: Tx,
  tenantId: string,
  images: readonly ScoredImage[],
  createdAt: Date,
): Promise<void> {
  const kept = new Map<string, EmbeddingKey & { embedding: Float32Array }>();
  for (const { image, outcomes } of images) {
    for (const outcome of outcomes) {
      if ('error' in outcome) continue;
      const key = { imageRevision: outcome.target.model.imageRevision, sha256: image!.sha256 };
      kept.set(nameOf(key), { ...key, embedding: outcome.embedding });
    }
  }
  if (kept.size === 0) return;
  // In one order: two transactions that keep the same ones wait for each other, and never both ways.
  const rows = [...kept.keys()].toSorted().map((name) => kept.get(name)!);
  await tx.$executeRaw`
    insert into image_embedding (tenant_id, image_revision, image_sha256, embedding, created_at)
    select ${tenantId}::uuid, given.revision, given.sha256, given.embedding, ${createdAt}
    from unnest(
      ${rows.map(({ imageRevision }) => imageRevision)}::text[],
      ${rows.map(({ sha256 }) => Buffer.from(sha256, 'hex'))}::bytea[],
      ${rows.map(({ embedding }) => Buffer.from(packVectors(embedding)))}::bytea[]
    ) as given (revision, sha256, embedding)
    on conflict do nothing`;
}

/** Those of the embeddings that are kept, by `nameOf`. */
export async function readKeptEmbeddings(
  db: TenantDb,
  tenantId: string,
  keys: readonly EmbeddingKey[],
): Promise<Map<string, Float32Array>> {
  const rows = await db.withTenant(tenantId, (tx) =>
    tx.imageEmbedding.findMany({
      where: {
        tenantId,
        imageRevision: { in: [...new Set(keys.map(({ imageRevision }) => imageRevision))] },
        imageSha256: {
          in: [...new Set(keys.map(({ sha256 }) => sha256))].map((hex) =>
            Uint8Array.from(Buffer.from(hex, 'hex')),
          ),
        },
      },
    }),
  );
  return new Map(
    rows.map(({ imageRevision, imageSha256, embedding }) => {
      const sha256 = Buffer.from(imageSha256).toString('hex');
      return [nameOf({ imageRevision, sha256 }), unpackVectors(embedding)];
    }),
  );
}
