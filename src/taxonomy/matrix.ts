import type { TaxonomyVersion } from '../database/generated/client.ts';
import type { TenantDb } from '../tenancy/tenant-db.ts';
import { readMatrix } from './matrix-rows.ts';

/** The label embeddings of one version in one prompt language, ready to be scored against. */
export interface CachedMatrix {
  /** [labels, dimension], unit rows. */
  data: Float32Array;
  dimension: number;
  /** The label of each row. */
  labelIds: readonly string[];
  /** Rows that were made in another language, because the label has no name in this one. */
  fallbacks: Readonly<Record<number, string>>;
}

export interface MatrixCache {
  /** Throws Error where the version has no matrix in that language: `choosePromptLanguage` names one that exists. */
  get(tenantId: string, version: Pick<TaxonomyVersion, 'id'>, promptLanguage: string): Promise<CachedMatrix>;
  stats(): { hits: number; loads: number; bytes: number };
}

/** Bytes that a label id takes in memory, roughly. */
const LABEL_ID_BYTES = 64;

/**
 * Keeps the matrices that were used last, `budgetBytes` of them. Versions are frozen, so nothing here is ever stale.
 * Requests that want the same matrix at once share one load. One that exceeds the budget is served, not kept.
 */
export function createMatrixCache({ db, budgetBytes }: { db: TenantDb; budgetBytes: number }): MatrixCache {
  // A Map iterates in the order of insertion: re-inserting at each use puts the least recently used first.
  const kept = new Map<string, CachedMatrix>();
  const loading = new Map<string, Promise<CachedMatrix>>();
  const counters = { hits: 0, loads: 0, bytes: 0 };

  function keep(key: string, matrix: CachedMatrix): void {
    if (sizeOf(matrix) > budgetBytes) return;
    kept.set(key, matrix);
    counters.bytes += sizeOf(matrix);
    for (const [oldest, matrix] of kept) {
      if (counters.bytes <= budgetBytes) return;
      kept.delete(oldest);
      counters.bytes -= sizeOf(matrix);
    }
  }

  async function load(
    key: string,
    tenantId: string,
    versionId: string,
    language: string,
  ): Promise<CachedMatrix> {
    counters.loads++;
    try {
      const matrix = await readMatrix(db, { tenantId, versionId, language });
      keep(key, matrix);
      return matrix;
    } finally {
      loading.delete(key);
    }
  }

  return {
    async get(tenantId, { id }, language) {
      const key = `${tenantId} ${id} ${language}`;
      const found = kept.get(key);
      if (found) {
        counters.hits++;
        kept.delete(key);
        kept.set(key, found);
        return found;
      }
      const started = loading.get(key) ?? load(key, tenantId, id, language);
      loading.set(key, started);
      return started;
    },
    stats: () => ({ ...counters }),
  };
}

function sizeOf({ data, labelIds }: CachedMatrix): number {
  return data.byteLength + labelIds.length * LABEL_ID_BYTES;
}
