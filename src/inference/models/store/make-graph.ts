import { mkdir } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { AppError } from '../../../errors.ts';
import { convertCheckpoint, type ConversionReport } from '../convert/index.ts';
import type { Precision } from '../graph-files.ts';
import type { Manifest } from '../registry/manifest.ts';
import { placeFile } from './place-file.ts';
import type { EncoderPlan } from './plan-encoder.ts';

export interface GraphOptions {
  encoder: 'image' | 'text';
  plan: EncoderPlan;
  manifest: Manifest;
  precision: Precision;
  /** The model's directory. */
  target: string;
  onBytes: (bytes: number) => void;
  onConversion: (progress: { done: number; total: number }) => void;
}

/** Puts one encoder's graph into a model's directory. The report is that of a conversion, where one was needed. */
export async function makeGraph(options: GraphOptions): Promise<ConversionReport | undefined> {
  const { plan, target } = options;
  const folder = join(target, 'onnx');
  await mkdir(folder, { recursive: true });
  if (plan.kind === 'convert') return convert(plan, folder, options);
  for (const file of plan.files) {
    const { path } = await file.fetch(options.onBytes);
    await placeFile(path, { target: join(folder, basename(file.path)), modelsDir: dirname(target) });
  }
  return undefined;
}

async function convert(
  { config, weights }: EncoderPlan & { kind: 'convert' },
  folder: string,
  { encoder, manifest, precision, onBytes, onConversion }: GraphOptions,
): Promise<ConversionReport> {
  const configPath = (await config.fetch(onBytes)).path;
  const [first, ...shards] = weights;
  const weightsPath = (await first.fetch(onBytes)).path;
  for (const shard of shards) await shard.fetch(onBytes);
  const { size, mean, std } = manifest.preprocessing;
  const report = await convertCheckpoint({
    encoder,
    source: { config: configPath, weights: weightsPath },
    architecture: manifest[encoder].architecture,
    precision,
    target: folder,
    preprocessing: { mean, std, crop: { width: size, height: size } },
    onProgress: onConversion,
  });
  checkDimension(report, encoder, manifest);
  return report;
}

/** The manifest says what the pair needs; the checkpoint says what it is. */
function checkDimension({ dimension }: ConversionReport, encoder: 'image' | 'text', manifest: Manifest): void {
  if (dimension === manifest[encoder].dimension) return;
  const message =
    `The ${encoder} encoder of '${manifest.id}' has vectors of ${dimension} numbers, and its manifest says ` +
    `${manifest[encoder].dimension}: the pair would not share an embedding space.`;
  throw new AppError('INVALID_INPUT', { message });
}
