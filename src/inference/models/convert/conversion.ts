import type { Precision } from '../graph-files.ts';
import type { Preprocessing } from '../preprocessing.ts';

/** The families whose graphs we can build. What the weights are named and how they are stored does not matter. */
export const ARCHITECTURES = {
  image: ['clip-vision', 'siglip-vision'],
  text: ['clip-text', 'bert-text', 'chinese-clip-text', 'xlm-roberta-text', 'siglip-text'],
} as const;

export type Architecture = (typeof ARCHITECTURES)['image' | 'text'][number];

export interface ConversionOptions {
  encoder: 'image' | 'text';
  /**
   * A directory of the checkpoint, or its files by path. `weights` is one .safetensors file, an index of shards, or a
   * pytorch_model.bin; `config` is config.json or open_clip_config.json.
   */
  source: string | { config: string; weights: string };
  /** Default: what the config and the names of the tensors say. */
  architecture?: Architecture | undefined;
  precision: Precision;
  /** The folder `onnx` of the model's directory; made when it is missing. */
  target: string;
  /** Needed for an image encoder: mean and std become part of its graph, crop is the size of its pixels. */
  preprocessing?: Pick<Preprocessing, 'mean' | 'std' | 'crop'> | undefined;
  /** Bytes of weights written, of all that will be. */
  onProgress?: ((progress: { done: number; total: number }) => void) | undefined;
}

export interface ConversionReport {
  architecture: Architecture;
  /** Length of an embedding. */
  dimension: number;
  /** Of a text encoder: tokens that it takes at most, special ones included. */
  contextLength: number | undefined;
  /** exp() of the checkpoint's trained logit_scale, where it has one: not the value of its config. */
  logitScale: number | undefined;
  logitBias: number | undefined;
  /** Paths of the graph and its weights. */
  files: string[];
  /** Numbers in the weights that the encoder uses. */
  parameters: number;
  /** Of int8: the lowest cosine between its vectors and those of fp32, over sample inputs. */
  int8Cosine: number | undefined;
  /**
   * sha256, hex, over the checkpoint's tensors that decide this encoder and its shape: equal weights have equal hashes,
   * whatever file and names they stood in. Two conversions of one tower give equal vectors when their precision
   * and preprocessing are equal too.
   */
  towerSha256: string;
}
