import { z } from 'zod';
import { AppError } from '../errors.ts';
import { isStorable } from '../taxonomy/text-rules.ts';
import type { Page } from './connection.ts';

/** A place in a list, any JSON, as an opaque string. `list` names the list, so that no other takes it. */
export function encodeCursor(list: string, place: unknown): string {
  return Buffer.from(JSON.stringify([list, place])).toString('base64url');
}

/** A page with the place that its cursor names, as the query needs it. Throws INVALID_INPUT for a cursor of another list. */
export function toWindow<Place>(page: Page, list: string, place: z.ZodType<Place>) {
  return { ...page, cursor: page.cursor === null ? null : decodeCursor(page, page.cursor, list, place) };
}

function decodeCursor<Place>(
  { backward }: Page,
  cursor: string,
  list: string,
  place: z.ZodType<Place>,
): Place {
  try {
    const json: unknown = JSON.parse(Buffer.from(cursor, 'base64url').toString());
    return z.tuple([z.literal(list), place]).parse(json)[1];
  } catch (cause) {
    const name = backward ? 'before' : 'after';
    const message = `'${name}' must be a cursor of this list, as the API gave it; got '${cursor.slice(0, 60)}'.`;
    throw new AppError('INVALID_INPUT', { message, path: [name], cause });
  }
}

/** Text that Postgres can be asked for. */
export const storableText = z.string().refine(isStorable);
