import { mkdir } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { graphFile } from '../graph-files.ts';
import { canonicalNames } from './checkpoint/canonical-names.ts';
import { openCheckpoint } from './checkpoint/open-checkpoint.ts';
import { findSource, readConfig } from './find-source.ts';
import { writeGraph } from './onnx/write-graph.ts';
import { buildTower, detectArchitecture } from './towers/build-tower.ts';
import { createBuilder } from './towers/builder.ts';
import { readTowerConfig } from './towers/tower-config.ts';
import { TowerWeights } from './towers/tower-weights.ts';
import type { ConversionOptions, ConversionReport } from './conversion.ts';

/**
 * Writes the ONNX graph of one encoder of a checkpoint, with its weights as external data beside it. Memory is bounded
 * by the largest tensor. Throws MODEL_NOT_AVAILABLE that names the file and what is wrong with it.
 */
export async function convertCheckpoint(options: ConversionOptions): Promise<ConversionReport> {
  const { encoder, precision, target, preprocessing, onProgress } = options;
  const source = await findSource(options.source);
  const configFile = await readConfig(source.config);
  const checkpoint = await openCheckpoint(source.weights);
  try {
    const weights = new TowerWeights(source.weights, canonicalNames(checkpoint.tensors));
    const architecture = options.architecture ?? detectArchitecture(weights, encoder);
    const config = readTowerConfig(configFile, architecture);
    const builder = createBuilder(weights, precision);
    const tower = buildTower(builder, architecture, config, preprocessing);
    await mkdir(target, { recursive: true });
    const file = join(target, basename(graphFile(encoder, precision)));
    const files = await writeGraph(tower.graph, file, onProgress);
    return {
      architecture,
      dimension: tower.dimension,
      contextLength: tower.contextLength,
      logitScale: await readScale(weights),
      logitBias: await weights.readNumber('logit_bias'),
      files,
      parameters: weights.parameters,
      int8Cosine: undefined,
      towerSha256: await weights.hash(tower.shape),
    };
  } finally {
    await checkpoint.close();
  }
}

async function readScale(weights: TowerWeights): Promise<number | undefined> {
  const logarithm = await weights.readNumber('logit_scale');
  return logarithm === undefined ? undefined : Math.exp(logarithm);
}
