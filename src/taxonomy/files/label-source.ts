import type { Label, TaxonomyVersion } from '../../database/generated/client.ts';
import { AppError } from '../../errors.ts';
import type { TenantDb, Tx } from '../../tenancy/tenant-db.ts';
import { labelName } from '../label-name.ts';
import { readTree } from '../label-rows.ts';
import { placesAmongSiblings } from '../sibling-places.ts';
import { orderDepthFirst } from '../tree-order.ts';
import { createTurns } from '../turns.ts';
import type { LabelTree } from '../label-tree.ts';
import type { PathLabel } from './label-file.ts';

/** Whose labels are written to a file: a frozen version's, or a draft's at one revision. */
export interface SourceRef {
  tenantId: string;
  versionId: string;
  /** Of the draft; null for a version, which never changes. */
  revision: number | null;
}

/** Labels in one transaction: a file may be sent slowly, and no transaction stays open for it. */
const CHUNK_SIZE = 500;

/** Reads labels chunk by chunk, depth first. Throws NOT_FOUND where the draft is edited meanwhile. */
export class LabelSource {
  readonly #db: TenantDb;
  readonly ref: SourceRef;

  constructor(db: TenantDb, ref: SourceRef) {
    this.#db = db;
    this.ref = ref;
  }

  /**
   * Runs `work` on the labels as they were when the file was asked for. Throws where they are no more: the revision is
   * looked at after them, since an edit may come between two statements, and a revision never comes back.
   */
  async read<T>(work: (tx: Tx) => Promise<T>): Promise<T> {
    return this.#db.withTenant(this.ref.tenantId, async (tx) => {
      const result = await work(tx);
      await this.#readVersion(tx);
      return result;
    });
  }

  async #readVersion(tx: Tx): Promise<TaxonomyVersion> {
    const { tenantId, versionId, revision } = this.ref;
    const where = { tenantId_id: { tenantId, id: versionId } };
    const version = await tx.taxonomyVersion.findUnique({ where, include: { taxonomy: true } });
    if (!version) throw gone('The version is not there any more.');
    if (revision !== null && version.taxonomy.revision !== revision) {
      throw gone('The draft was edited since: export it again.');
    }
    return version;
  }

  tree(): Promise<LabelTree> {
    return this.read((tx) => readTree(tx, this.ref));
  }

  /** All labels, in chunks. `position`: among siblings, counted from 0, so that a draft and its version read alike. */
  async *chunks(): AsyncGenerator<Label[]> {
    const tree = await this.tree();
    const keys = orderDepthFirst(tree);
    const places = placesAmongSiblings(tree);
    const { tenantId, versionId } = this.ref;
    for (let start = 0; start < keys.length; start += CHUNK_SIZE) {
      const wanted = keys.slice(start, start + CHUNK_SIZE);
      const rows = await this.read((tx) =>
        tx.label.findMany({ where: { tenantId, versionId, key: { in: wanted } } }),
      );
      const byKey = new Map(rows.map((row) => [row.key, row]));
      yield wanted.map((key) => ({ ...byKey.get(key)!, position: places.get(key)! }));
    }
  }

  /** All labels by the names on the way down to them, in one language where they have one in it. */
  async paths(language: string): Promise<PathLabel[]> {
    const turn = createTurns();
    const { defaultLanguage } = await this.read((tx) => this.#readVersion(tx));
    const paths = new Map<string, string[]>();
    const labels: PathLabel[] = [];
    for await (const chunk of this.chunks()) {
      await turn();
      // Depth first: a parent comes before what is below it.
      for (const label of chunk) {
        const { key, parentKey } = label;
        const above = parentKey === null ? [] : paths.get(parentKey)!;
        const path = [...above, labelName(label, language, defaultLanguage)];
        paths.set(key, path);
        labels.push({ key, parentKey, path });
      }
    }
    return labels;
  }
}

function gone(message: string): AppError {
  return new AppError('NOT_FOUND', { message });
}
