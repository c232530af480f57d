import { AppError } from '../../../errors.ts';
import { configsOf, parseShardIndex, refusal, WEIGHTS } from '../convert/index.ts';
import { graphFile, type Precision } from '../graph-files.ts';
import { readLogitScale, type LogitScale } from '../hub/read-logit-scale.ts';
import type { Repository, RepositoryFile } from '../hub/repository.ts';
import type { Manifest } from '../registry/manifest.ts';
import type { EncoderSources } from './open-sources.ts';

export type EncoderPlan =
  /** A published graph, with its external data where it has some. */
  | { kind: 'ready'; files: RepositoryFile[] }
  /** A checkpoint, its shards behind its index. */
  | { kind: 'convert'; config: RepositoryFile; weights: [RepositoryFile, ...RepositoryFile[]] };

export interface PlannedEncoder {
  plan: EncoderPlan;
  /** Known before anything is fetched; a conversion tells it later. */
  logitScale: LogitScale | undefined;
}

interface PlanOptions {
  encoder: 'image' | 'text';
  sources: EncoderSources;
  precision: Precision;
  manifest: Manifest;
}

/**
 * A published graph where there is one of this precision, and the scale is known without a conversion; else a
 * conversion. int8 is always converted: published graphs quantise a whole batch by one scale, so that a vector would
 * depend on what else is in its batch.
 */
export async function planEncoder({ encoder, sources, precision, manifest }: PlanOptions): Promise<PlannedEncoder> {
  const { checkpoint, ready } = sources;
  const { from, published } = manifest.logitScale;
  if (ready && precision !== 'int8') {
    const files = await findGraph(ready, graphFile(encoder, precision));
    if (files && from !== encoder) return { plan: { kind: 'ready', files }, logitScale: undefined };
    const logitScale = files && ((await findLogitScale(checkpoint)) ?? published);
    if (files && logitScale) return { plan: { kind: 'ready', files }, logitScale };
  }
  return { plan: await planConversion(checkpoint), logitScale: undefined };
}

async function findGraph(repository: Repository, path: string): Promise<RepositoryFile[] | undefined> {
  const graph = await repository.find([path]);
  if (!graph) return undefined;
  const data = await repository.find([`${path}_data`]);
  return data ? [graph, data] : [graph];
}

const SAFETENSORS = WEIGHTS.filter((name) => name.endsWith('.safetensors'));

async function findLogitScale(checkpoint: Repository): Promise<LogitScale | undefined> {
  const file = await checkpoint.find(SAFETENSORS);
  return file && readLogitScale(file);
}

async function planConversion(checkpoint: Repository): Promise<EncoderPlan> {
  const weights = await checkpoint.find(WEIGHTS);
  if (!weights) throw refuseMissing(checkpoint, WEIGHTS);
  const configs = configsOf(weights.path);
  const config = await checkpoint.find(configs);
  if (!config) throw refuseMissing(checkpoint, configs);
  return { kind: 'convert', config, weights: [weights, ...(await findShards(checkpoint, weights))] };
}

/** Some 100 bytes for each tensor: real ones are below half a megabyte. */
const LONGEST_INDEX = 4_000_000;

async function findShards(checkpoint: Repository, index: RepositoryFile): Promise<RepositoryFile[]> {
  if (!index.path.endsWith('.index.json')) return [];
  const path = `${checkpoint.name}/${index.path}`;
  if (index.bytes > LONGEST_INDEX) throw refusal(path, `it has ${index.bytes} bytes, which no index of shards has`);
  const names = parseShardIndex(path, (await index.read(0, index.bytes)).toString()).toSorted();
  const shards = await Promise.all(names.map((name) => checkpoint.find([name])));
  const missing = names.find((_, place) => shards[place] === undefined);
  if (missing !== undefined) throw refuseMissing(checkpoint, [missing]);
  return shards.filter((shard) => shard !== undefined);
}

function refuseMissing({ name }: Repository, paths: readonly string[]): AppError {
  const message =
    `${name} has ${paths.length > 1 ? 'none of' : 'no'} ${paths.join(', ')}. Name a repository or a directory that has: ` +
    'in the manifest, or by --from.';
  return new AppError('MODEL_NOT_AVAILABLE', { message, details: { repo: name } });
}
