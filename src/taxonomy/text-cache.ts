import { hash } from 'node:crypto';
import type { TextEmbeddings } from '../inference/index.ts';
import type { Tx } from '../tenancy/tenant-db.ts';
import { packVectors, unpackVectors } from './vectors.ts';

/** Whose text embeddings, of which exact text encoder: a cached one is never used for another. */
export interface TextCache {
  tenantId: string;
  /** See `chooseTextCache`. */
  textRevision: string;
}

/** Hashes in one statement: 10,000 are 320 kB. */
const STATEMENT_SIZE = 10_000;

/** How many of these distinct texts have their text embedding. */
export async function countCachedTexts(tx: Tx, cache: TextCache, texts: readonly string[]): Promise<number> {
  let count = 0;
  for (let start = 0; start < texts.length; start += STATEMENT_SIZE) {
    const chunk = texts.slice(start, start + STATEMENT_SIZE);
    count += (await findCachedHashes(tx, cache, chunk)).size;
  }
  return count;
}

/** Those of the texts, 10,000 at most, that have no text embedding yet. */
export async function findMissingTexts(
  tx: Tx,
  cache: TextCache,
  texts: readonly string[],
): Promise<string[]> {
  const cached = await findCachedHashes(tx, cache, texts);
  return texts.filter((text) => !cached.has(hexHash(text)));
}

async function findCachedHashes(tx: Tx, cache: TextCache, texts: readonly string[]): Promise<Set<string>> {
  const rows = await tx.$queryRaw<{ hash: string }[]>`
    select encode(text_hash, 'hex') as hash from text_embedding
    where tenant_id = ${cache.tenantId}::uuid and text_revision = ${cache.textRevision}
      and text_hash = any(${texts.map(hashText)}::bytea[])`;
  return new Set(rows.map((row) => row.hash));
}

/** Adds text embeddings with their token counts, one a text; those that are there already stay. */
export async function cacheTexts(
  tx: Tx,
  { tenantId, textRevision }: TextCache,
  texts: readonly string[],
  { embeddings, tokenCounts }: TextEmbeddings,
): Promise<void> {
  const packed = embeddings.map((embedding) => Buffer.from(packVectors(embedding)));
  await tx.$executeRaw`
    insert into text_embedding (tenant_id, text_revision, text_hash, text, embedding, token_count)
    select ${tenantId}::uuid, ${textRevision}, given.hash, given.text, given.embedding, given.token_count
    from unnest(${texts.map(hashText)}::bytea[], ${texts}::text[], ${packed}::bytea[], ${tokenCounts}::int[])
      as given (hash, text, embedding, token_count)
    on conflict do nothing`;
}

export interface CachedText {
  embedding: Float32Array;
  /** Tokens with special ones, before truncation. */
  tokenCount: number;
}

/** The text embeddings of these texts, by text; 10,000 at most. Throws Error where one is not cached. */
export async function readCachedTexts(
  tx: Tx,
  { tenantId, textRevision }: TextCache,
  texts: ReadonlySet<string>,
): Promise<Map<string, CachedText>> {
  const rows = await tx.$queryRaw<{ text: string; embedding: Uint8Array; tokenCount: number }[]>`
    select text, embedding, token_count as "tokenCount" from text_embedding
    where tenant_id = ${tenantId}::uuid and text_revision = ${textRevision}
      and text_hash = any(${[...texts].map(hashText)}::bytea[])`;
  if (rows.length !== texts.size) {
    throw new Error(`${texts.size - rows.length} of ${texts.size} prompts have no text embedding`);
  }
  return new Map(
    rows.map(({ text, embedding, tokenCount }) => [
      text,
      { embedding: unpackVectors(embedding), tokenCount },
    ]),
  );
}

function hashText(text: string): Buffer {
  return hash('sha256', text, 'buffer');
}

function hexHash(text: string): string {
  return hash('sha256', text, 'hex');
}
