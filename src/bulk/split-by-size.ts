/** Bytes that one transaction writes: it has some seconds. */
const BYTES_AT_ONCE = 16_000_000;

/** Batches of up to 16 MB, or of one, in order. */
export function splitBySize<Item extends { bytes: Uint8Array }>(items: readonly Item[]): Item[][] {
  const batches: Item[][] = [];
  let size = Infinity;
  for (const item of items) {
    size += item.bytes.length;
    if (size <= BYTES_AT_ONCE) {
      batches.at(-1)!.push(item);
      continue;
    }
    batches.push([item]);
    size = item.bytes.length;
  }
  return batches;
}
