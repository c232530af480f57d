import { AppError } from '../errors.ts';
import { DEFAULT_PAGE_SIZE } from '../limits.ts';

export interface PageArguments {
  first?: number | null;
  after?: string | null;
  last?: number | null;
  before?: string | null;
}

/** A validated window over a list: `limit` rows after or before a cursor, read backwards where `backward`. */
export interface Page {
  limit: number;
  cursor: string | null;
  backward: boolean;
}

/** Either `first` (or its default) with `after`, or `last` with `before`. Throws INVALID_INPUT that says what a page needs. */
export function toPage({ first, after, last, before }: PageArguments, maxLimit = 100): Page {
  const backward = (last ?? null) !== null;
  const limit = last ?? first ?? DEFAULT_PAGE_SIZE;
  const mixed = backward ? (first ?? after) : before;
  if ((mixed ?? null) !== null) {
    throw new AppError('INVALID_INPUT', {
      message: `A page takes either 'first' with 'after', or 'last' with 'before'; not parts of both.`,
      path: ['first'],
    });
  }
  if (limit < 1 || limit > maxLimit) {
    throw new AppError('INVALID_INPUT', {
      message: `'${backward ? 'last' : 'first'}' must be 1 to ${maxLimit}; got ${limit}.`,
      path: [backward ? 'last' : 'first'],
    });
  }
  return { limit, cursor: (backward ? before : after) ?? null, backward };
}

/**
 * A connection from the rows that a page's query gave. The query asks for `limit + 1` rows in reading
 * direction; the extra one only says that there is more.
 */
export function toConnection<Row>(rows: Row[], page: Page, cursorOf: (row: Row) => string) {
  const more = rows.length > page.limit;
  const kept = rows.slice(0, page.limit);
  const nodes = page.backward ? kept.toReversed() : kept;
  const edges = nodes.map((node) => ({ cursor: cursorOf(node), node }));
  return {
    edges,
    nodes,
    pageInfo: {
      hasNextPage: page.backward ? page.cursor !== null : more,
      hasPreviousPage: page.backward ? more : page.cursor !== null,
      startCursor: edges.at(0)?.cursor ?? null,
      endCursor: edges.at(-1)?.cursor ?? null,
    },
  };
}
