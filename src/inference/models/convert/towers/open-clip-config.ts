import { z } from 'zod';
import { refusal } from '../checkpoint/refuse.ts';
import type { ConfigFile, TowerJson } from './tower-config.ts';

const size = z.number().int().min(1).max(1_000_000);

/** open_clip_config.json. Source: open_clip, src/open_clip/model.py, CLIPVisionCfg and CLIPTextCfg. */
const schema = z.object({
  model_cfg: z.object({
    quick_gelu: z.boolean().default(false),
    vision_cfg: z.looseObject({ width: size, layers: size, head_width: size.default(64) }),
    text_cfg: z.looseObject({
      width: size.optional(),
      layers: size.optional(),
      heads: size.optional(),
      context_length: size.optional(),
      hf_model_name: z.string().optional(),
    }),
  }),
});

/** What makes another tower of it, and is not built here. */
const UNSUPPORTED = {
  vision: ['timm_model_name', 'attentional_pool', 'ls_init_value', 'final_ln_after_pool', 'no_ln_pre'],
  text: ['embed_cls', 'no_causal_mask', 'attentional_pool', 'ls_init_value', 'hf_model_pretrained_adapter'],
};

/** The fields of one tower in Hugging Face's words, or undefined when the file is no configuration of open_clip. */
export function openClipConfig(
  { path, json }: ConfigFile,
  section: 'vision' | 'text',
): TowerJson | undefined {
  if (typeof json !== 'object' || json === null || !('model_cfg' in json)) return undefined;
  const parsed = schema.safeParse(json);
  if (!parsed.success) throw refusal(path, z.prettifyError(parsed.error));
  const { quick_gelu: isQuick, vision_cfg: vision, text_cfg: text } = parsed.data.model_cfg;
  const chosen: Record<string, unknown> = section === 'vision' ? vision : text;
  const unsupported = UNSUPPORTED[section].find((field) => chosen[field]);
  if (unsupported) {
    const remedy = 'docs/models.md lists the families that can be converted.';
    throw refusal(path, `its ${section} tower has ${unsupported}, which is not supported`, remedy);
  }
  const activation = isQuick ? 'quick_gelu' : 'gelu';
  if (section === 'vision') {
    return {
      hidden_size: vision.width,
      num_hidden_layers: vision.layers,
      num_attention_heads: vision.width / vision.head_width,
      hidden_act: activation,
    };
  }
  // A tower from Hugging Face keeps its own activation and sizes: the name of its class says which.
  if (text.hf_model_name) return {};
  return {
    hidden_size: text.width,
    num_hidden_layers: text.layers,
    num_attention_heads: text.heads,
    hidden_act: activation,
    max_position_embeddings: text.context_length,
  };
}
