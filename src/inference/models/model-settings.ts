import { z } from 'zod';
import { PRECISIONS } from './graph-files.ts';
import { TEXT_CLEANUPS } from './text-cleanup.ts';
import type { TextCleanup } from './text-cleanup.ts';

const text = (longest: number) => z.string().trim().min(1).max(longest);

/** The file `taxolens.json`: what published exports do not carry, so that it need not be guessed. */
export const modelSettings = z.object({
  /** The exponentiated multiplier, about 100 for CLIP. Not `logit_scale_init_value` of config.json. */
  logitScale: z.number().positive().max(10_000),
  logitBias: z.number().min(-10_000).max(10_000).default(0),
  activation: z.enum(['softmax', 'sigmoid']),
  /** BCP 47 tags of the languages whose prompts the text encoder understands. */
  languages: z.array(text(35)).min(1).max(500),
  id: z
    .string()
    .regex(/^[a-z0-9][a-z0-9._-]{0,99}$/i)
    .optional(),
  name: text(200).optional(),
  description: z.string().max(5_000).default(''),
  /** Models with equal ids here share one embedding space. */
  spaceId: text(200).optional(),
  licence: text(200).default('unknown'),
  /** What the licence or the card forbids, for those who are about to use it. */
  licenceNotice: text(1_000).optional(),
  isDemonstration: z.boolean().default(false),
  dimension: z.number().int().min(1).max(8_192).optional(),
  contextLength: z.number().int().min(2).max(8_192).optional(),
  /**
   * `longest`: a batch of texts is padded to its longest, which a mask or causal attention hides from the model;
   * `context`: always to contextLength, for text encoders that were trained so and see the padding (SigLIP).
   */
  textPadding: z.enum(['longest', 'context']).optional(),
  /** What is done to a text before its tokenizer sees it, where the tokenizer's own file does not say so. */
  textCleanup: z.enum(TEXT_CLEANUPS).optional(),
  /**
   * `tokens`: padding is hidden from the text encoder. `none`: it is not, so that a text's vector depends on the
   * longest text of its request: for those who must reproduce vectors that were made without a mask.
   */
  textMask: z.enum(['tokens', 'none']).default('tokens'),
  /**
   * Names the weights of the image encoder, as `taxolens model add` writes it. Models with equal ones, equal
   * preprocessing and the same precision share one image encoder, whatever their graphs look like.
   */
  imageTowerSha256: z
    .string()
    .regex(/^[0-9a-f]{64}$/)
    .optional(),
  /** Which of the graphs in `onnx/` are used. */
  precision: z
    .object({ image: z.enum(PRECISIONS).default('fp32'), text: z.enum(PRECISIONS).default('fp32') })
    .prefault({}),
});

export type ModelSettings = z.infer<typeof modelSettings>;

/** Shown with a directory that has no settings: a file to copy, and where its numbers come from. */
export const SETTINGS_REMEDY = `Write it as, for example: {"logitScale": 100, "logitBias": 0, "activation": "softmax", "languages": ["en"]}. \
logitScale is exp() of the checkpoint's trained logit_scale tensor (not logit_scale_init_value); SigLIP models take \
"activation": "sigmoid" and their logit_bias tensor as logitBias. Optional: id, name, description, spaceId, licence, \
isDemonstration, dimension, contextLength, textPadding ("longest" or "context"), textCleanup ("none", "lowercase", "quotes" or "punctuation"), textMask ("tokens" or \
"none"), precision ({"image": "fp32", "text": "fp32"}; or fp16, int8).`;

/** What config.json says about sizes, in the families of published dual encoders. Everything is optional there. */
export const hubConfig = z.object({
  model_type: z.string().optional(),
  projection_dim: z.number().int().min(1).max(8_192).optional(),
  vision_config: z.object({ hidden_size: z.number().int().optional() }).optional(),
  text_config: z
    .object({
      projection_size: z.number().int().optional(),
      max_position_embeddings: z.number().int().optional(),
    })
    .optional(),
});

export type HubConfig = z.infer<typeof hubConfig>;

const FAMILY_DEFAULTS: Record<string, { dimension: number; contextLength: number }> = {
  clip: { dimension: 512, contextLength: 77 },
  chinese_clip: { dimension: 512, contextLength: 52 },
  siglip: { dimension: 768, contextLength: 64 },
  siglip2: { dimension: 768, contextLength: 64 },
};

const FAMILY_CLEANUPS: Record<string, TextCleanup> = {
  chinese_clip: 'quotes',
  siglip: 'punctuation',
  siglip2: 'lowercase',
};

/** SigLIP's heads project to the hidden size; its text encoder sees padding, so it always gets the full context. */
export function familySettings(config: HubConfig) {
  const family = config.model_type ?? 'clip';
  const isSiglip = family.startsWith('siglip');
  const defaults = FAMILY_DEFAULTS[family];
  return {
    dimension:
      config.projection_dim ??
      (isSiglip ? (config.text_config?.projection_size ?? config.vision_config?.hidden_size) : undefined) ??
      defaults?.dimension,
    // Chinese-CLIP's text encoder has BERT's 512 positions but was trained with 52.
    contextLength:
      family === 'chinese_clip'
        ? 52
        : (config.text_config?.max_position_embeddings ?? defaults?.contextLength),
    textPadding: isSiglip ? ('context' as const) : ('longest' as const),
    textCleanup: FAMILY_CLEANUPS[family] ?? ('none' as const),
  };
}
