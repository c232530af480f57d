import { mkdir, mkdtemp, rename, rm } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { AppError } from '../../../errors.ts';
import { graphFile } from '../graph-files.ts';
import { canonicalNames } from './checkpoint/canonical-names.ts';
import { openCheckpoint } from './checkpoint/open-checkpoint.ts';
import { findSource, readConfig } from './find-source.ts';
import { measureDrift } from './measure/measure-drift.ts';
import { countExternalBytes, writeGraph } from './onnx/write-graph.ts';
import { buildTower, detectArchitecture } from './towers/build-tower.ts';
import { createBuilder } from './towers/builder.ts';
import { readTowerConfig } from './towers/tower-config.ts';
import { TowerWeights } from './towers/tower-weights.ts';
import type { Precision } from '../graph-files.ts';
import type { ConversionOptions, ConversionReport } from './conversion.ts';
import type { Tower } from './towers/tower.ts';

/** Below it, users of quantised towers saw other labels win. */
const LOWEST_INT8_COSINE = 0.995;

/**
 * Writes the ONNX graph of one encoder of a checkpoint, with its weights as external data beside it. Memory is bounded
 * by the largest tensor; what int8 is compared with runs in a child and needs as much as the model.
 * Throws MODEL_NOT_AVAILABLE that names the file and what is wrong with it, or by how much int8 is off.
 */
export async function convertCheckpoint(options: ConversionOptions): Promise<ConversionReport> {
  const { encoder, precision, preprocessing } = options;
  const source = await findSource(options.source);
  const configFile = await readConfig(source.config);
  const checkpoint = await openCheckpoint(source.weights);
  try {
    const weights = new TowerWeights(source.weights, canonicalNames(checkpoint.tensors));
    const architecture = options.architecture ?? detectArchitecture(weights, encoder);
    const config = readTowerConfig(configFile, architecture);
    const build = (as: Precision) => buildTower(createBuilder(weights, as), architecture, config, preprocessing);
    const tower = build(precision);
    const written = await writeTower(tower, precision === 'int8' ? build('fp32') : undefined, options);
    const logarithm = await weights.readNumber('logit_scale');
    return {
      architecture,
      dimension: tower.dimension,
      contextLength: tower.contextLength,
      logitScale: logarithm === undefined ? undefined : Math.exp(logarithm),
      logitBias: await weights.readNumber('logit_bias'),
      ...written,
      parameters: weights.parameters,
      towerSha256: await weights.hash(tower.shape),
    };
  } finally {
    await checkpoint.close();
  }
}

/** Writes aside first: what stands in the target is whole, and was compared with `precise` where that is given. */
async function writeTower(
  tower: Tower,
  precise: Tower | undefined,
  { encoder, precision, target, onProgress }: ConversionOptions,
): Promise<Pick<ConversionReport, 'files' | 'int8Cosine'>> {
  await mkdir(target, { recursive: true });
  const aside = await mkdtemp(join(target, '.converting-'));
  try {
    const total = countExternalBytes(tower.graph) + (precise ? countExternalBytes(precise.graph) : 0);
    let done = 0;
    const write = (graph: Tower['graph'], as: Precision) =>
      writeGraph(graph, join(aside, basename(graphFile(encoder, as))), (bytes) => {
        done += bytes;
        onProgress?.({ done, total });
      });
    const written = await write(tower.graph, precision);
    let int8Cosine: number | undefined;
    if (precise) {
      const [file] = await write(precise.graph, 'fp32');
      int8Cosine = await measureDrift(tower, [written[0]!, file!]);
      refuseDrift(int8Cosine, encoder);
    }
    const files = written.map((file) => join(target, basename(file)));
    for (const [i, file] of written.entries()) await rename(file, files[i]!);
    return { files, int8Cosine };
  } finally {
    await rm(aside, { recursive: true, force: true });
  }
}

function refuseDrift(cosine: number, encoder: string): void {
  if (cosine >= LOWEST_INT8_COSINE) return;
  const message =
    `The ${encoder} encoder loses too much in int8: the cosine to fp32 falls to ${cosine.toFixed(4)}, ` +
    `and ${LOWEST_INT8_COSINE} is needed. Convert it in fp16 or fp32.`;
  throw new AppError('MODEL_NOT_AVAILABLE', { message, details: { int8Cosine: cosine } });
}
