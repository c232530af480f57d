import { z } from 'zod';
import { refusal } from '../checkpoint/refuse.ts';
import { openClipConfig } from './open-clip-config.ts';
import type { Architecture } from '../conversion.ts';

/** gelu_tanh is the approximation by tanh; quick_gelu is x · sigmoid(1.702 x). */
export type Activation = 'quick_gelu' | 'gelu' | 'gelu_tanh';

/** What the shapes of the tensors do not tell. Sizes stand here only to be compared with them. */
export interface TowerConfig {
  /** Attention heads in a layer of that width. */
  heads: (width: number) => number;
  activation: Activation;
  eps: number;
  width: number | undefined;
  layers: number | undefined;
  /** The token at which CLIP reads a text, where it is not the one with the largest number. */
  endToken: number | undefined;
  contextLength: number | undefined;
}

const size = z.number().int().min(1).max(1_000_000);

const tower = z.object({
  model_type: z.string().optional(),
  hidden_size: size.optional(),
  num_hidden_layers: size.optional(),
  num_attention_heads: size.optional(),
  max_position_embeddings: size.optional(),
  hidden_act: z.string().optional(),
  layer_norm_eps: z.number().positive().max(0.1).optional(),
  eos_token_id: z.number().int().nullish(),
});

/** Old configurations say the same once more in `..._dict`, and that one counts. */
const huggingFace = tower.extend({
  vision_config: tower.nullish(),
  vision_config_dict: tower.nullish(),
  text_config: tower.nullish(),
  text_config_dict: tower.nullish(),
});

/** One tower, in Hugging Face's words. */
export type TowerJson = z.infer<typeof tower>;

interface Family {
  /** `model_type` of those that publish such towers. */
  types: readonly string[];
  heads: (width: number) => number;
  activation: Activation;
  eps: number;
  contextLength?: number;
}

const always = (heads: number) => () => heads;
const widthOver64 = (width: number) => width / 64;

/** What configurations mean that leave a field out: the defaults of the classes that read them. */
const FAMILIES: Record<Architecture, Family> = {
  'clip-vision': {
    types: ['clip', 'clip_vision_model', 'chinese_clip', 'chinese_clip_vision_model'],
    heads: always(12),
    activation: 'quick_gelu',
    eps: 1e-5,
  },
  'clip-text': { types: ['clip', 'clip_text_model'], heads: always(8), activation: 'quick_gelu', eps: 1e-5 },
  'siglip-vision': {
    types: ['siglip', 'siglip_vision_model', 'siglip2'],
    heads: always(12),
    activation: 'gelu_tanh',
    eps: 1e-6,
  },
  'siglip-text': {
    types: ['siglip', 'siglip_text_model', 'siglip2'],
    heads: always(12),
    activation: 'gelu_tanh',
    eps: 1e-6,
  },
  'bert-text': { types: ['bert'], heads: always(12), activation: 'gelu', eps: 1e-12 },
  'chinese-clip-text': {
    types: ['chinese_clip', 'chinese_clip_text_model'],
    heads: always(12),
    activation: 'gelu',
    eps: 1e-12,
    contextLength: 52,
  },
  'xlm-roberta-text': {
    types: ['xlm-roberta'],
    heads: widthOver64,
    activation: 'gelu',
    eps: 1e-5,
    contextLength: 77,
  },
};

const ACTIVATIONS: Record<string, Activation> = {
  quick_gelu: 'quick_gelu',
  gelu: 'gelu',
  gelu_new: 'gelu_tanh',
  gelu_pytorch_tanh: 'gelu_tanh',
  gelu_fast: 'gelu_tanh',
};

export interface ConfigFile {
  path: string;
  json: unknown;
}

/** Throws MODEL_NOT_AVAILABLE when the configuration is of another family, or asks for what no tower here has. */
export function readTowerConfig(file: ConfigFile, architecture: Architecture): TowerConfig {
  const family = FAMILIES[architecture];
  const section = architecture.endsWith('vision') ? 'vision' : 'text';
  const json = openClipConfig(file, section) ?? readHuggingFace(file, section, family);
  const activation = json.hidden_act === undefined ? family.activation : ACTIVATIONS[json.hidden_act];
  if (!activation) {
    const known = Object.keys(ACTIVATIONS).join(', ');
    throw refusal(file.path, `its activation ${json.hidden_act} is not among ${known}`, UNSUPPORTED);
  }
  // 2 was written by mistake into every configuration of its time. Source: transformers, modeling_clip.
  const endToken = json.eos_token_id === 2 ? undefined : (json.eos_token_id ?? undefined);
  const { num_attention_heads: heads } = json;
  return {
    heads: heads === undefined ? family.heads : () => heads,
    activation,
    eps: json.layer_norm_eps ?? family.eps,
    width: json.hidden_size,
    layers: json.num_hidden_layers,
    endToken,
    contextLength: family.contextLength ?? json.max_position_embeddings,
  };
}

const UNSUPPORTED = 'docs/models.md lists the families that can be converted.';

function readHuggingFace({ path, json }: ConfigFile, section: 'vision' | 'text', { types }: Family): TowerJson {
  const parsed = huggingFace.safeParse(json);
  if (!parsed.success) throw refusal(path, z.prettifyError(parsed.error), UNSUPPORTED);
  const config = parsed.data;
  if (config.model_type === undefined || !types.includes(config.model_type)) {
    const reason = `its model_type is ${config.model_type ?? 'missing'}, where ${types.join(' or ')} was expected`;
    throw refusal(path, reason, UNSUPPORTED);
  }
  const nested = { ...config[`${section}_config`], ...config[`${section}_config_dict`] };
  // A tower that was saved alone has its fields at the top.
  return Object.keys(nested).length > 0 || config[`${section}_config`] ? nested : config;
}
