/** Bytes that one transaction writes or reads: it has some seconds. */
const BYTES_AT_ONCE = 16_000_000;

/** Batches of up to 16 MB, or of one, in order. */
export function splitBySize<Item>(items: readonly Item[], sizeOf: (item: Item) => number): Item[][] {
  const batches: Item[][] = [];
  let size = Infinity;
  for (const item of items) {
    size += sizeOf(item);
    if (size <= BYTES_AT_ONCE) {
      batches.at(-1)!.push(item);
      continue;
    }
    batches.push([item]);
    size = sizeOf(item);
  }
  return batches;
}
