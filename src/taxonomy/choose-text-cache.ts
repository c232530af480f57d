import type { Inference, Model } from '../inference/index.ts';
import type { TextCache } from './text-cache.ts';

/** Where the embeddings of some texts are kept, and what makes those that are missing. */
export interface ModelTextCache extends TextCache {
  modelId: string;
  /** Where the model sees its padding: tokens that each of the texts is padded to. */
  paddedLength?: number;
}

/**
 * The text cache of a model. Of one that is told nothing of padding, a vector depends on how long its text was padded:
 * there the longest of these texts, which belong together, decides, and the length is part of the key.
 */
export async function chooseTextCache(
  inference: Pick<Inference, 'countTokens'>,
  tenantId: string,
  { id: modelId, textRevision, textMask, contextLength }: Model,
  texts: readonly string[],
  signal?: AbortSignal,
): Promise<ModelTextCache> {
  if (textMask === 'tokens') return { tenantId, modelId, textRevision };
  const counts = await inference.countTokens({ tenantId, modelId, texts, signal });
  const longest = counts.reduce((most, count) => Math.max(most, count), 1);
  const paddedLength = Math.min(longest, contextLength);
  return { tenantId, modelId, textRevision: `${textRevision}/${paddedLength}`, paddedLength };
}
