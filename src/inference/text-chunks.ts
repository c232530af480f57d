/** Some of the texts of a request, with the places they came from. */
export interface TextChunk {
  places: number[];
  texts: string[];
}

/**
 * Sorts texts by length and cuts them into chunks, so that a chunk is padded to about what each of its texts needs.
 * Bytes of UTF-8 foretell tokens well in both scripts: about 4 for a token of English, 3 for a Chinese character.
 */
export function chunkTexts(texts: readonly string[], size: number): TextChunk[] {
  const lengths = texts.map((text) => Buffer.byteLength(text));
  const order = [...texts.keys()].toSorted((a, b) => lengths[a]! - lengths[b]!);
  const chunks: TextChunk[] = [];
  for (let first = 0; first < order.length; first += size) {
    const places = order.slice(first, first + size);
    chunks.push({ places, texts: places.map((place) => texts[place]!) });
  }
  return chunks;
}
