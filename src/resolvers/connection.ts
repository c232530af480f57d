import { AppError } from '../errors.ts';

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

/** Either `first` with `after`, or `last` with `before`. Throws INVALID_INPUT that says what a page needs. */
export function toPage({ first, after, last, before }: PageArguments, maxLimit = 100): Page {
  const forward = first !== undefined && first !== null;
  const backward = last !== undefined && last !== null;
  const limit = forward ? first : last;
  const mixed = forward ? before : after;
  if (forward === backward || limit === null || limit === undefined || (mixed ?? null) !== null) {
    throw new AppError('INVALID_INPUT', {
      message: `A page takes either 'first' with 'after', or 'last' with 'before'; give 'first' (1 to ${maxLimit}).`,
      path: ['first'],
    });
  }
  if (limit < 1 || limit > maxLimit) {
    throw new AppError('INVALID_INPUT', {
      message: `'${forward ? 'first' : 'last'}' must be 1 to ${maxLimit}; got ${limit}.`,
      path: [forward ? 'first' : 'last'],
    });
  }
  return { limit, cursor: (forward ? after : before) ?? null, backward };
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
