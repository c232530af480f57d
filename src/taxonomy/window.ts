/** `limit` rows after a cursor in the order of a list, or before it and read backwards; from the end where it is null. */
export interface Window<Cursor> {
  limit: number;
  cursor: Cursor | null;
  backward: boolean;
}
