import { mkdir, mkdtemp, rename, rm } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { AppError } from '../../../errors.ts';
import { graphFile } from '../graph-files.ts';
import { measureDrift } from './measure/measure-drift.ts';
import { countExternalBytes, writeGraph } from './onnx/write-graph.ts';
import type { Precision } from '../graph-files.ts';
import type { ConversionOptions, ConversionReport } from './conversion.ts';
import type { Tower } from './towers/tower.ts';

/** Below it, users of quantised towers saw other labels win. */
const LOWEST_INT8_COSINE = 0.995;

/** `preciseScores`: int8 leaves out what decides which tokens see each other. */
export type BuildTower = (precision: Precision, preciseScores?: boolean) => Tower;

export interface WrittenTower extends Pick<ConversionReport, 'files' | 'int8Cosine'> {
  tower: Tower;
}

/** Writes aside first: what stands in the target is whole, and in int8 near enough to fp32. */
export async function writeTower(build: BuildTower, options: ConversionOptions): Promise<WrittenTower> {
  const { encoder, precision, target, onProgress } = options;
  await mkdir(target, { recursive: true });
  const aside = await mkdtemp(join(target, '.converting-'));
  const towers = precision === 'int8' ? [build('fp32'), build('int8')] : [build(precision)];
  const progress = { done: 0, total: towers.reduce((sum, { graph }) => sum + countExternalBytes(graph), 0) };
  const write: WriteTower = ({ graph }, as) =>
    writeGraph(graph, join(aside, basename(graphFile(encoder, as))), (bytes) => {
      progress.done += bytes;
      // A second attempt in int8 is more than was foreseen.
      progress.total = Math.max(progress.total, progress.done);
      onProgress?.({ ...progress });
    });
  try {
    const [tower, quantised] = towers as [Tower, Tower?];
    const written = await write(tower, quantised ? 'fp32' : precision);
    const made = quantised
      ? await writeInt8({ attempts: [() => quantised, () => build('int8', true)], reference: written[0]!, write, encoder })
      : { tower, files: written, int8Cosine: undefined };
    const files = made.files.map((file) => join(target, basename(file)));
    for (const [i, file] of made.files.entries()) await rename(file, files[i]!);
    return { ...made, files };
  } finally {
    await rm(aside, { recursive: true, force: true });
  }
}

type WriteTower = (tower: Tower, as: Precision) => Promise<string[]>;

interface Int8Options {
  attempts: (() => Tower)[];
  /** The graph in fp32. */
  reference: string;
  write: WriteTower;
  encoder: string;
}

/**
 * First everything in int8; where that drifts, queries and keys in float32: large channels make scores so large that
 * rounding them changes which token wins. Throws MODEL_NOT_AVAILABLE when that is not enough either.
 */
async function writeInt8({ attempts, reference, write, encoder }: Int8Options): Promise<WrittenTower> {
  let int8Cosine = 0;
  for (const attempt of attempts) {
    const tower = attempt();
    const files = await write(tower, 'int8');
    int8Cosine = await measureDrift(tower, [files[0]!, reference]);
    if (int8Cosine >= LOWEST_INT8_COSINE) return { tower, files, int8Cosine };
  }
  const message =
    `The ${encoder} encoder loses too much in int8: the cosine to fp32 falls to ${int8Cosine.toFixed(4)}, ` +
    `and ${LOWEST_INT8_COSINE} is needed. Convert it in fp16 or fp32.`;
  throw new AppError('MODEL_NOT_AVAILABLE', { message, details: { int8Cosine } });
}
