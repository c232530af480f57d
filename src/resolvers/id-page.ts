import { AppError } from '../errors.ts';
import { toUuid, type IdPrefix } from '../ids.ts';
import { toPage, type Page, type PageArguments } from './connection.ts';

/** A page of a list whose cursors are the ids of its nodes, and its window by UUID. Throws INVALID_INPUT. */
export function toIdWindow(args: PageArguments, prefix: IdPrefix): { page: Page; window: Page } {
  const page = toPage(args);
  const cursor = page.cursor === null ? null : toUuid(prefix, page.cursor);
  if (page.cursor !== null && cursor === null) throw unknownCursor(page);
  return { page, window: { ...page, cursor } };
}

function unknownCursor({ backward }: Page): AppError {
  const name = backward ? 'before' : 'after';
  return new AppError('INVALID_INPUT', {
    message: `'${name}' must be a cursor of this list, as the API gave it.`,
    path: [name],
  });
}
