import { z } from 'zod';
import { toPage, type PageArguments } from './connection.ts';
import { encodeCursor, storableText, toWindow } from './cursor.ts';

/** Rows that are listed by their making or by their name, which need not be unique. Ids are UUIDv7. */
export interface NamedRow {
  id: string;
  name: string;
}

export type NamedOrder = 'CREATED_AT_DESC' | 'NAME_ASC';

/**
 * A page of a list of named rows, with what its query needs. `list` names the list for its cursors, which hold name
 * and id. Throws INVALID_INPUT.
 */
export function toNamedPage(args: PageArguments & { orderBy: NamedOrder }, list: string) {
  const page = toPage(args);
  const { cursor } = toWindow(page, list, z.tuple([storableText, z.uuid()]));
  const byName = args.orderBy === 'NAME_ASC';
  const ascending = byName !== page.backward;
  const direction = ascending ? ('asc' as const) : ('desc' as const);
  return {
    page,
    query: {
      orderBy: byName ? [{ name: direction }, { id: direction }] : [{ id: direction }],
      take: page.limit + 1,
    },
    /** What rows beyond the cursor are. */
    beyond: cursor === null ? {} : rowsBeyond(cursor, { byName, ascending }),
    cursorOf: ({ name, id }: NamedRow) => encodeCursor(list, [name, id]),
  };
}

function rowsBeyond(
  [name, id]: [name: string, id: string],
  { byName, ascending }: { byName: boolean; ascending: boolean },
) {
  const next = <T>(value: T) => (ascending ? { gt: value } : { lt: value });
  return byName ? { OR: [{ name: next(name) }, { name, id: next(id) }] } : { id: next(id) };
}
