import { canonicalNames } from './checkpoint/canonical-names.ts';
import { openCheckpoint } from './checkpoint/open-checkpoint.ts';
import { findSource, readConfig } from './find-source.ts';
import { buildTower, detectArchitecture } from './towers/build-tower.ts';
import { createBuilder } from './towers/builder.ts';
import { readTowerConfig } from './towers/tower-config.ts';
import { TowerWeights } from './towers/tower-weights.ts';
import { writeTower } from './write-tower.ts';
import type { ConversionOptions, ConversionReport } from './conversion.ts';
import type { BuildTower } from './write-tower.ts';

/**
 * Writes the ONNX graph of one encoder of a checkpoint, with its weights as external data beside it. Memory is bounded
 * by the largest tensor; what int8 is compared with runs in a child and needs as much as the model.
 * Throws MODEL_NOT_AVAILABLE that names the file and what is wrong with it, or by how much int8 is off.
 */
export async function convertCheckpoint(options: ConversionOptions): Promise<ConversionReport> {
  const { encoder, preprocessing } = options;
  const source = await findSource(options.source);
  const configFile = await readConfig(source.config);
  const checkpoint = await openCheckpoint(source.weights);
  try {
    const weights = new TowerWeights(source.weights, canonicalNames(checkpoint.tensors));
    const architecture = options.architecture ?? detectArchitecture(weights, encoder);
    const config = readTowerConfig(configFile, architecture);
    const build: BuildTower = (as, preciseScores = false) =>
      buildTower(createBuilder(weights, { precision: as, preciseScores }), architecture, config, preprocessing);
    const { tower, files, int8Cosine } = await writeTower(build, options);
    const logarithm = await weights.readNumber('logit_scale');
    return {
      architecture,
      dimension: tower.dimension,
      contextLength: tower.contextLength,
      logitScale: logarithm === undefined ? undefined : Math.exp(logarithm),
      logitBias: await weights.readNumber('logit_bias'),
      files,
      int8Cosine,
      parameters: weights.parameters,
      towerSha256: await weights.hash(tower.shape),
    };
  } finally {
    await checkpoint.close();
  }
}
