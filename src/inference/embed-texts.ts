import { AppError } from '../errors.ts';
import { chunkTexts } from './text-chunks.ts';
import type { Encoders } from './encoders.ts';
import type { TextEmbeddings, TextRequest } from './inference.ts';

/** Far above any context length; beyond it a tokenizer could be kept busy for its own sake. */
const MAX_TEXT_LENGTH = 20_000;

/**
 * Any number of texts, in chunks of like length. As many chunks are queued as there are encoders, and one to keep
 * them fed: thousands of prompts then leave turns to a short request of the same tenant.
 */
export async function embedTexts(encoders: Encoders, request: TextRequest): Promise<TextEmbeddings> {
  const { tenantId, texts, signal } = request;
  checkLengths(texts);
  const embeddings: Float32Array[] = Array.from({ length: texts.length });
  const tokenCounts: number[] = Array.from({ length: texts.length });
  const chunks = chunkTexts(texts, encoders.batchSizes.texts).values();
  let failed = false;

  const work = async () => {
    for (const chunk of chunks) {
      // What another worker's failure has made useless is not sent.
      if (failed) return;
      const { result } = await encoders.texts.submit({ tenantId, signal, payload: chunk.texts });
      for (const [i, place] of chunk.places.entries()) {
        embeddings[place] = result.embeddings[i]!;
        tokenCounts[place] = result.tokenCounts[i]!;
      }
    }
  };
  try {
    await Promise.all(Array.from({ length: encoders.count + 1 }, work));
  } catch (error) {
    failed = true;
    throw error;
  }
  return { embeddings, tokenCounts };
}

function checkLengths(texts: readonly string[]): void {
  const tooLong = texts.findIndex(({ length }) => length > MAX_TEXT_LENGTH);
  if (tooLong === -1) return;
  const message = `A text may have at most ${MAX_TEXT_LENGTH} characters; number ${tooLong} has ${texts[tooLong]!.length}.`;
  throw new AppError('INVALID_INPUT', { message });
}
