import type { Window } from '../taxonomy/window.ts';
import type { Tx } from '../tenancy/tenant-db.ts';

/** Names a window over what one owner has to a loader: owners that are asked for the same window share a statement. */
export function pageKey(ownerId: string, window: Window<number>): string {
  return JSON.stringify([ownerId, window]);
}

type ListWindow<Row, Asked extends Window<number>> = (
  tx: Tx,
  tenantId: string,
  ownerIds: readonly string[],
  window: Asked,
) => Promise<Row[]>;

/** Makes of a list over many owners the reader of a loader by `pageKey`: one statement for each window. */
export function readPages<Row, Asked extends Window<number>>(
  list: ListWindow<Row, Asked>,
  ownerOf: (row: Row) => string,
) {
  return async (tx: Tx, tenantId: string, keys: readonly string[]) => {
    const pages = keys.map((key) => JSON.parse(key) as [ownerId: string, window: Asked]);
    const byWindow = Map.groupBy(pages, ([, window]) => JSON.stringify(window));
    const found: { page: string; row: Row }[] = [];
    for (const alike of byWindow.values()) {
      const [, window] = alike[0]!;
      const rows = await list(
        tx,
        tenantId,
        alike.map(([ownerId]) => ownerId),
        window,
      );
      found.push(...rows.map((row) => ({ page: pageKey(ownerOf(row), window), row })));
    }
    return found;
  };
}
