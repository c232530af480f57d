import { hash } from 'node:crypto';
import type { TextEmbeddings } from '../inference/index.ts';
import type { TenantDb, Tx } from '../tenancy/tenant-db.ts';
import { packVectors, unpackVectors } from './vectors.ts';

/** Whose text embeddings, of which exact text encoder: a cached one is never used for another. */
export interface TextCache {
  tenantId: string;
  /** See `chooseTextCache`. */
  textRevision: string;
}

/** Texts that are looked up at once: some milliseconds of work for the event loop. */
export const LOOKUP_SIZE = 2_000;
/** The same of text embeddings, of two kilobytes and more each. */
const READ_SIZE = 1_000;

/** How many of these distinct texts have their text embedding. A transaction a lookup: there may be many. */
export async function countCachedTexts(
  db: TenantDb,
  cache: TextCache,
  texts: readonly string[],
): Promise<number> {
  let count = 0;
  for (let start = 0; start < texts.length; start += LOOKUP_SIZE) {
    const some = texts.slice(start, start + LOOKUP_SIZE);
    count += (await db.withTenant(cache.tenantId, (tx) => findCachedHashes(tx, cache, some))).size;
  }
  return count;
}

/** Those of the texts, LOOKUP_SIZE at most, that have no text embedding yet. */
export async function findMissingTexts(
  tx: Tx,
  cache: TextCache,
  texts: readonly string[],
): Promise<string[]> {
  const cached = await findCachedHashes(tx, cache, texts);
  return texts.filter((text) => !cached.has(hexHash(text)));
}

async function findCachedHashes(tx: Tx, cache: TextCache, texts: readonly string[]): Promise<Set<string>> {
  // As one text: 2,000 parameters of bytes would take twice the work.
  const rows = await tx.$queryRaw<{ hash: string }[]>`
    select encode(text_hash, 'hex') as hash from text_embedding
    where tenant_id = ${cache.tenantId}::uuid and text_revision = ${cache.textRevision}
      and text_hash = any(array(
        select decode(one, 'hex') from unnest(string_to_array(${texts.map(hexHash).join()}, ',')) as one
      ))`;
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

/** The text embeddings of these distinct texts, by text. Throws Error where one is not cached. */
export async function readCachedTexts(
  db: TenantDb,
  cache: TextCache,
  texts: readonly string[],
): Promise<Map<string, CachedText>> {
  const found = new Map<string, CachedText>();
  for (let start = 0; start < texts.length; start += READ_SIZE) {
    const some = texts.slice(start, start + READ_SIZE);
    await db.withTenant(cache.tenantId, (tx) => readSome(tx, cache, some, found));
  }
  return found;
}

async function readSome(
  tx: Tx,
  { tenantId, textRevision }: TextCache,
  texts: readonly string[],
  found: Map<string, CachedText>,
): Promise<void> {
  const rows = await tx.$queryRaw<{ text: string; embedding: Uint8Array; tokenCount: number }[]>`
    select text, embedding, token_count as "tokenCount" from text_embedding
    where tenant_id = ${tenantId}::uuid and text_revision = ${textRevision}
      and text_hash = any(${texts.map(hashText)}::bytea[])`;
  if (rows.length !== texts.length) {
    throw new Error(`${texts.length - rows.length} of ${texts.length} prompts have no text embedding`);
  }
  for (const { text, embedding, tokenCount } of rows) {
    found.set(text, { embedding: unpackVectors(embedding), tokenCount });
  }
}

function hashText(text: string): Buffer {
  return hash('sha256', text, 'buffer');
}

function hexHash(text: string): string {
  return hash('sha256', text, 'hex');
}
