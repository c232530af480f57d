import type { Precision } from '../graph-files.ts';
import type { RepositoryFile } from '../hub/repository.ts';
import type { Manifest } from '../registry/manifest.ts';
import type { Sources } from './open-sources.ts';
import { planEncoder, type EncoderPlan, type PlannedEncoder } from './plan-encoder.ts';
import { planTokenizer, type TokenizerPlan } from './write-tokenizer.ts';

export interface ModelPlan {
  image: PlannedEncoder;
  text: PlannedEncoder;
  tokenizer: TokenizerPlan;
  /** To come over the network. */
  missingBytes: number;
  /** The most that the disk must hold besides what it holds: what is fetched or copied, and graphs that are made of it. */
  neededBytes: number;
}

interface PlanOptions {
  sources: Sources;
  manifest: Manifest;
  precision: Precision;
  /** The directory of copies that these sources are in, where it is one. */
  from?: string | undefined;
}

/** Bytes of a graph, of those of a checkpoint in fp32. Beside that in int8, the one in fp32 stands for a while. */
const SHARE: Record<Precision, number> = { fp32: 1, fp16: 0.5, int8: 1.3 };

/** Finds every file that a model needs, without fetching any. */
export async function planModel({ sources, ...options }: PlanOptions): Promise<ModelPlan> {
  const image = await planEncoder({ encoder: 'image', sources: sources.image, ...options });
  const text = await planEncoder({ encoder: 'text', sources: sources.text, ...options });
  const tokenizer = await planTokenizer(sources.tokenizers, options);
  const plans = [image.plan, text.plan];
  const files = [...plans.flatMap(filesOf), tokenizer.file, tokenizer.config].filter((file) => file !== undefined);
  const missing = await Promise.all(distinct(files).map((file) => file.missingBytes()));
  const missingBytes = missing.reduce((sum, bytes) => sum + bytes, 0);
  const converted = distinct(plans.filter(({ kind }) => kind === 'convert').flatMap(filesOf));
  const convertedBytes = converted.reduce((sum, { bytes }) => sum + bytes * SHARE[options.precision], 0);
  const ready = plans.filter(({ kind }) => kind === 'ready').flatMap(filesOf);
  const copiedBytes = ready.reduce((sum, file) => sum + file.copiedBytes, 0);
  const neededBytes = missingBytes + copiedBytes + Math.ceil(convertedBytes);
  return { image, text, tokenizer, missingBytes, neededBytes };
}

function filesOf(plan: EncoderPlan): RepositoryFile[] {
  return plan.kind === 'ready' ? plan.files : [plan.config, ...plan.weights];
}

/** Both encoders of one checkpoint need the same files. */
function distinct(files: readonly RepositoryFile[]): RepositoryFile[] {
  return [...new Map(files.map((file) => [`${file.commit} ${file.path} ${file.bytes}`, file])).values()];
}
