import { rowsOf, transposeOf } from './tensor.ts';
import type { Tensor, Tensors } from './tensor.ts';

/**
 * Gives every tensor the name that Hugging Face's classes give it, whoever saved it: OpenAI's code, open_clip and
 * Chinese-CLIP name, pack and turn some otherwise. Unknown names stay as they are.
 */
export function canonicalNames(tensors: Tensors): Map<string, Tensor> {
  const isOpenClip = tensors.has('visual.conv1.weight');
  const named = [...tensors].map(([name, tensor]): [string, Tensor] => {
    const entry: [string, Tensor] = isOpenClip ? fromOpenClip(name, tensor) : [name, tensor];
    return [modernise(entry[0]), entry[1]];
  });
  return new Map(named.flatMap(unpackAttention));
}

/** TensorFlow's names of a layer norm live on in checkpoints that were made from its. */
function modernise(name: string): string {
  return name.replace(/LayerNorm\.gamma$/, 'LayerNorm.weight').replace(/LayerNorm\.beta$/, 'LayerNorm.bias');
}

/** PyTorch's own attention keeps queries, keys and values in one tensor, one below the other. */
function unpackAttention([name, tensor]: [string, Tensor]): [string, Tensor][] {
  const packed = /^(.*)\.in_proj_(weight|bias)$/.exec(name);
  const rows = tensor.shape[0];
  if (!packed || rows === undefined || rows % 3 !== 0) return [[name, tensor]];
  return ['q_proj', 'k_proj', 'v_proj'].map((part, i) => [
    `${packed[1]}.${part}.${packed[2]}`,
    rowsOf(tensor, (i * rows) / 3, rows / 3),
  ]);
}

const EXACT: Record<string, string> = {
  'visual.conv1.weight': 'vision_model.embeddings.patch_embedding.weight',
  'visual.class_embedding': 'vision_model.embeddings.class_embedding',
  'visual.positional_embedding': 'vision_model.embeddings.position_embedding.weight',
  'token_embedding.weight': 'text_model.embeddings.token_embedding.weight',
  positional_embedding: 'text_model.embeddings.position_embedding.weight',
};

const PREFIXES: [from: RegExp, to: string][] = [
  [/^visual\.ln_pre\./, 'vision_model.pre_layrnorm.'],
  [/^visual\.ln_post\./, 'vision_model.post_layernorm.'],
  [/^visual\.transformer\.resblocks\./, 'vision_model.encoder.layers.'],
  [/^transformer\.resblocks\./, 'text_model.encoder.layers.'],
  [/^ln_final\./, 'text_model.final_layer_norm.'],
  [/^bert\./, 'text_model.'],
  // Text towers that open_clip takes from Hugging Face as they are.
  [/^transformer\.(?=embeddings|encoder)/, 'text_model.'],
];

const LAYER_PARTS: [from: RegExp, to: string][] = [
  [/\.ln_1\./, '.layer_norm1.'],
  [/\.ln_2\./, '.layer_norm2.'],
  [/\.attn\./, '.self_attn.'],
  [/\.mlp\.c_fc\./, '.mlp.fc1.'],
  [/\.mlp\.c_proj\./, '.mlp.fc2.'],
];

function fromOpenClip(original: string, tensor: Tensor): [string, Tensor] {
  const name = original.replace(/^text\./, '');
  // Kept as a parameter and not as a linear layer: [in, out].
  if (name === 'visual.proj') return ['visual_projection.weight', transposeOf(tensor)];
  if (name === 'text_projection') return ['text_projection.weight', transposeOf(tensor)];
  let canonical = EXACT[name] ?? name;
  for (const [from, to] of [...PREFIXES, ...LAYER_PARTS]) canonical = canonical.replace(from, to);
  return [canonical, tensor];
}
