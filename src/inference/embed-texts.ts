import { AppError } from '../errors.ts';
import { chunkTexts } from './text-chunks.ts';
import type { Encoders, TextEncoder } from './encoders.ts';
import type { TextEmbeddings, TextRequest } from './inference.ts';
import type { Model } from './models/model.ts';

/** Far above any context length; beyond it a tokenizer could be kept busy for its own sake. */
const MAX_TEXT_LENGTH = 20_000;
/** Counting tokens takes microseconds a text: what is asked for together goes together. */
const COUNTED_AT_ONCE = 1_000;

interface Parts {
  model: Model;
  encoders: Encoders;
}

/**
 * Any number of texts, in chunks of like length. As many chunks are queued as there are children, and one to keep
 * them fed: thousands of prompts then leave turns to a short request of the same tenant.
 */
export async function embedTexts(parts: Parts, request: TextRequest): Promise<TextEmbeddings> {
  const { model, encoders } = parts;
  const { texts } = request;
  checkLengths(texts);
  const { texts: encoder } = encoders.pairOf(model);
  const paddedLength = model.textMask === 'none' ? await findPaddedLength(parts, request) : undefined;
  const embeddings: Float32Array[] = Array.from({ length: texts.length });
  const tokenCounts: number[] = Array.from({ length: texts.length });
  const chunks = chunkTexts(texts, () => encoder.report?.batchSize ?? 1);
  let failed = false;

  const work = async () => {
    for (const chunk of chunks) {
      // What another worker's failure has made useless is not sent.
      if (failed) return;
      const { result } = await submit(encoder, request, { texts: chunk.texts, paddedLength });
      for (const [i, place] of chunk.places.entries()) {
        embeddings[place] = result.embeddings[i]!;
        tokenCounts[place] = result.tokenCounts[i]!;
      }
    }
  };
  try {
    await Promise.all(Array.from({ length: encoders.processes + 1 }, work));
  } catch (error) {
    failed = true;
    throw error;
  }
  return { embeddings, tokenCounts };
}

/** Tokens of each text with special ones, before truncation. */
export async function countTokens({ model, encoders }: Parts, request: TextRequest): Promise<number[]> {
  checkLengths(request.texts);
  const { texts: encoder } = encoders.pairOf(model);
  const counts: number[] = [];
  for (let start = 0; start < request.texts.length; start += COUNTED_AT_ONCE) {
    const texts = request.texts.slice(start, start + COUNTED_AT_ONCE);
    const { result } = await submit(encoder, request, { texts, countOnly: true });
    counts.push(...result.tokenCounts);
  }
  return counts;
}

/** As long as the caller says, else as the longest text of the request needs. */
async function findPaddedLength(parts: Parts, request: TextRequest): Promise<number> {
  if (request.paddedLength !== undefined) return request.paddedLength;
  return Math.max(1, ...(await countTokens(parts, request)));
}

function submit(
  encoder: TextEncoder,
  { tenantId, modelId, signal }: TextRequest,
  payload: Parameters<TextEncoder['submit']>[0]['payload'],
) {
  return encoder.submit({ tenantId, modelId, signal, payload });
}

function checkLengths(texts: readonly string[]): void {
  const tooLong = texts.findIndex(({ length }) => length > MAX_TEXT_LENGTH);
  if (tooLong === -1) return;
  const message = `A text may have at most ${MAX_TEXT_LENGTH} characters; number ${tooLong} has ${texts[tooLong]!.length}.`;
  throw new AppError('INVALID_INPUT', { message });
}
