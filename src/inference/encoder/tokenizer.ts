import { basename, dirname } from 'node:path';
import { AutoTokenizer, env } from '@huggingface/transformers';
import { cleanText } from '../models/text-cleanup.ts';
import type { TextCleanup } from '../models/text-cleanup.ts';

export interface Tokenizer {
  /** Ids of one text with special tokens, not truncated. */
  encode(text: string): number[];
  padId: number;
}

/** Loads the tokenizer of a model's directory, from local files only: nothing here may reach the network. */
export async function loadTokenizer(
  directory: string,
  { textCleanup }: { textCleanup: TextCleanup },
): Promise<Tokenizer> {
  env.allowRemoteModels = false;
  env.useFSCache = false;
  env.localModelPath = `${dirname(directory)}/`;
  const tokenizer = await AutoTokenizer.from_pretrained(basename(directory), { local_files_only: true });
  return {
    encode: (text) => tokenizer.encode(cleanText(text, textCleanup)),
    padId: tokenizer.pad_token_id ?? 0,
  };
}

/**
 * At most `contextLength` ids. The last token stays last: it ends the text, and CLIP reads its embedding there.
 * Source: openai/CLIP, tokenize(truncate=True).
 */
export function truncateIds(ids: number[], contextLength: number): number[] {
  return ids.length <= contextLength ? ids : [...ids.slice(0, contextLength - 1), ids.at(-1)!];
}
