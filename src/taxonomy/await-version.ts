import { EventEmitter, once } from 'node:events';
import type { TaxonomyVersion } from '../database/generated/client.ts';
import { AppError } from '../errors.ts';
import type { TenantDb } from '../tenancy/tenant-db.ts';

/** Tells the waiting requests of this process that a version has settled; its event is the version's id. */
const settled = new EventEmitter().setMaxListeners(0);

/** How often to look by oneself, ever less: the job may run in another process, whose word does not come here. */
const POLL_MS = { first: 50, most: 1_000 };

/** Wakes whoever waits for the version in this process. */
export function announceVersion(versionId: string): void {
  settled.emit(versionId);
}

/**
 * The version once it is READY or FAILED, or as it is when `waitMs` have passed or the signal aborts.
 * Throws NOT_FOUND where it went away meanwhile.
 */
export async function awaitVersion(
  db: TenantDb,
  tenantId: string,
  versionId: string,
  { waitMs, signal }: { waitMs: number; signal?: AbortSignal | undefined },
): Promise<TaxonomyVersion> {
  const deadline = Date.now() + waitMs;
  for (let pollMs = POLL_MS.first; ; pollMs = Math.min(2 * pollMs, POLL_MS.most)) {
    const leftMs = deadline - Date.now();
    // Listening begins before the look, so that what happens in between is heard.
    const news = listen(versionId, Math.min(pollMs, leftMs), signal);
    const version = await readVersion(db, tenantId, versionId);
    if (version.state !== 'EMBEDDING' || leftMs <= 0 || signal?.aborted) {
      news.stop();
      return version;
    }
    await news.heard;
  }
}

/** `heard` resolves at the word, after `ms`, when the signal aborts, or at `stop`. */
function listen(versionId: string, ms: number, signal: AbortSignal | undefined) {
  const stopping = new AbortController();
  const timer = setTimeout(() => stopping.abort(), Math.max(0, ms));
  const end = AbortSignal.any([stopping.signal, ...(signal ? [signal] : [])]);
  const heard = once(settled, versionId, { signal: end })
    .catch(() => [])
    .finally(() => clearTimeout(timer));
  return { heard, stop: () => stopping.abort() };
}

async function readVersion(db: TenantDb, tenantId: string, id: string): Promise<TaxonomyVersion> {
  const version = await db.withTenant(tenantId, (tx) =>
    tx.taxonomyVersion.findUnique({ where: { tenantId_id: { tenantId, id } } }),
  );
  if (version) return version;
  throw new AppError('NOT_FOUND', { message: 'The version is not there any more.' });
}
