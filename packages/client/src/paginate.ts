import { TaxolensError } from './errors.ts';
import type { CallOptions, Request } from './request.ts';
import type { TypedDocument } from './typed-document.ts';

/** What a page has to select. */
export interface Page<Item> {
  nodes: readonly Item[];
  pageInfo: { hasNextPage: boolean; endCursor?: string | null };
}

/**
 * Every item of a connection, its pages fetched one by one as the items are taken. The document has a variable
 * `$after: String`; `pick` finds the connection in its data. Throws NOT_FOUND where it is not there.
 */
export async function* paginate<Result, Variables extends { after?: string | null | undefined }, Item>(
  request: Request,
  document: TypedDocument<Result, Variables>,
  variables: Variables,
  pick: (data: Result) => Page<Item> | null | undefined,
  options: CallOptions = {},
): AsyncGenerator<Item, void, undefined> {
  let { after } = variables;
  for (;;) {
    const page = pick(await request(document, { ...variables, after }, options));
    if (!page) throw new TaxolensError('NOT_FOUND', 'There is no such list.');
    yield* page.nodes;
    if (!page.pageInfo.hasNextPage) return;
    after = page.pageInfo.endCursor;
  }
}
