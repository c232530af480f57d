import { readFile, readdir } from 'node:fs/promises';
import { basename, join, resolve } from 'node:path';
import { z } from 'zod';
import { AppError } from '../../errors.ts';
import { graphFile } from './graph-files.ts';
import { SETTINGS_REMEDY, familySettings, hubConfig, modelSettings } from './model-settings.ts';
import { parsePreprocessing } from './preprocessing.ts';
import { hashRevisions } from './revisions.ts';
import type { ModelSettings } from './model-settings.ts';
import type { Preprocessing } from './preprocessing.ts';
import type { Activation } from '../score.ts';
import type { TextCleanup } from './text-cleanup.ts';

/** A registered pair of encoders that share one embedding space, with all that turns pictures and texts into scores. */
export interface Model {
  id: string;
  name: string;
  description: string;
  /** sha256, hex, over everything that decides an embedding or a score: equal revisions give equal scores. */
  revision: string;
  /** The same of what decides an image embedding: models that share it share one image encoder. */
  imageRevision: string;
  /** The same of what decides a text embedding. */
  textRevision: string;
  /** Absolute path. */
  directory: string;
  /** BCP 47 tags that the text encoder understands. */
  languages: string[];
  /** Length of an embedding. */
  dimension: number;
  /** Tokens that the text encoder sees at most, special ones included. */
  contextLength: number;
  /** The multiplier itself, not its logarithm. */
  logitScale: number;
  logitBias: number;
  activation: Activation;
  /** Embeddings of models with the same space id may be compared. */
  spaceId: string;
  licence: string;
  /** What the licence or the card forbids. */
  licenceNotice: string | undefined;
  isDemonstration: boolean;
  preprocessing: Preprocessing;
  /** `longest`: texts are padded to the longest of their batch; `context`: always to contextLength. */
  textPadding: 'longest' | 'context';
  /** What is done to a text before its tokenizer sees it. */
  textCleanup: TextCleanup;
  /** `none`: the text encoder is told that padding is text. */
  textMask: 'tokens' | 'none';
  /** Paths inside the directory. */
  graphs: { image: string; text: string };
}

const REQUIRED = ['config.json', 'preprocessor_config.json', 'tokenizer.json', 'tokenizer_config.json'];

/**
 * Reads a directory in the hub's usual layout plus `taxolens.json`. Starts nothing.
 * Throws MODEL_NOT_AVAILABLE that names the file, what was expected of it and the remedy.
 */
export async function loadModel(directory: string): Promise<Model> {
  const root = resolve(directory);
  const present = await listFiles(root);
  for (const file of REQUIRED) checkPresent(root, present, file);
  if (!present.includes('taxolens.json'))
    throw unavailable(root, 'taxolens.json', 'is missing', SETTINGS_REMEDY);
  const settings = await readSettings(
    root,
    'taxolens.json',
    (json) => modelSettings.parse(json),
    SETTINGS_REMEDY,
  );
  const graphs = {
    image: graphFile('image', settings.precision.image),
    text: graphFile('text', settings.precision.text),
  };
  for (const file of Object.values(graphs)) checkPresent(root, present, file);

  const decisive = await readDecisive(root, settings);
  const { imageTowerSha256 } = settings;
  const revisions = await hashRevisions({
    root,
    files: present,
    graphs,
    settings: decisive,
    imageTowerSha256,
  });
  const id = settings.id ?? basename(root);
  return {
    id,
    name: settings.name ?? id,
    description: settings.description,
    ...revisions,
    directory: root,
    languages: settings.languages,
    spaceId: settings.spaceId ?? revisions.revision,
    licence: settings.licence,
    licenceNotice: settings.licenceNotice,
    isDemonstration: settings.isDemonstration,
    graphs,
    ...decisive,
  };
}

/** The settings that decide an embedding or a score: from taxolens.json, else from the family of config.json. */
async function readDecisive(root: string, settings: ModelSettings) {
  const family = familySettings(await readSettings(root, 'config.json', (json) => hubConfig.parse(json)));
  const dimension = settings.dimension ?? family.dimension;
  const contextLength = settings.contextLength ?? family.contextLength;
  if (dimension === undefined || contextLength === undefined) {
    const remedy = 'Add "dimension" and "contextLength" to taxolens.json.';
    throw unavailable(
      root,
      'config.json',
      'tells neither projection_dim nor max_position_embeddings',
      remedy,
    );
  }
  return {
    dimension,
    contextLength,
    logitScale: settings.logitScale,
    logitBias: settings.logitBias,
    activation: settings.activation,
    textPadding: settings.textPadding ?? family.textPadding,
    textCleanup: settings.textCleanup ?? family.textCleanup,
    textMask: settings.textMask,
    preprocessing: await readSettings(root, 'preprocessor_config.json', parsePreprocessing),
  };
}

async function listFiles(root: string): Promise<string[]> {
  try {
    const [top, onnx] = await Promise.all([readdir(root), readdir(join(root, 'onnx')).catch(() => [])]);
    return [...top, ...onnx.map((file) => `onnx/${file}`)];
  } catch (cause) {
    const message = `There is no model directory ${root}. Name one that exists in TAXOLENS_MODEL, or leave it out to use the shipped model.`;
    throw new AppError('MODEL_NOT_AVAILABLE', { message, cause });
  }
}

async function readSettings<T>(
  root: string,
  file: string,
  parse: (json: unknown) => T,
  remedy?: string,
): Promise<T> {
  try {
    return parse(JSON.parse(await readFile(join(root, file), 'utf8')));
  } catch (cause) {
    const reason = cause instanceof z.ZodError ? z.prettifyError(cause) : String(cause);
    throw unavailable(
      root,
      file,
      `cannot be used: ${reason}`,
      remedy ?? 'Compare it with the one of the original export.',
      cause,
    );
  }
}

function checkPresent(root: string, present: string[], file: string): void {
  if (present.includes(file)) return;
  const remedy = 'Copy it from the export of the model: docs/models.md shows the layout.';
  throw unavailable(root, file, 'is missing', remedy);
}

function unavailable(root: string, file: string, problem: string, remedy: string, cause?: unknown): AppError {
  return new AppError('MODEL_NOT_AVAILABLE', {
    message: `The model in ${root} cannot be loaded: ${file} ${problem}. ${remedy}`,
    details: { file },
    cause,
  });
}
