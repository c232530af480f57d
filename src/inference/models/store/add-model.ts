import { readdir, rm, rmdir } from 'node:fs/promises';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { AppError } from '../../../errors.ts';
import { graphFile, type Precision } from '../graph-files.ts';
import { Hub, type HubOptions } from '../hub/hub.ts';
import { isModelBroken, tryModel } from '../../try-model.ts';
import { loadModel, type Model } from '../model.ts';
import { checkRoom, explainFullDisk } from './check-room.ts';
import { fillModel } from './fill-model.ts';
import { downloadsDirOf, openSources } from './open-sources.ts';
import { PINS_FILE, readPins, writePins } from './pins.ts';
import { shareGraphs } from './place-file.ts';
import { placeModel, stagingOf, tidyUp } from './place-model.ts';
import { planModel } from './plan-model.ts';
import { lockDirectory } from './process-lock.ts';
import { switchPrecision } from './switch-precision.ts';
import type { Manifest } from '../registry/manifest.ts';

export interface AddOptions {
  manifest: Manifest;
  modelsDir: string;
  precision: Precision;
  hub: HubOptions;
  /** A directory of copies of the repositories, instead of the hub. */
  from?: string | undefined;
  report: Reporter;
}

/** For the person who waits. */
export interface Reporter {
  say(line: string): void;
  /** Bytes of one step. */
  onProgress(step: { label: string; done: number; total: number }): void;
}

export interface AddedModel {
  model: Model;
  /** Whether it was there before. */
  wasThere: boolean;
}

/**
 * Brings a model into the directory of models: fetches what is missing, converts what has no published graph, and moves
 * the whole into its place at once, once it has run. One process does so at a time; a second one finds it there.
 * Throws MODEL_NOT_AVAILABLE or INVALID_INPUT with what failed and what mends it; what has come is kept then, unless it
 * makes a model that does not run.
 */
export async function addModel(options: AddOptions): Promise<AddedModel> {
  const { manifest, modelsDir, precision, report } = options;
  const { id } = manifest;
  const directory = join(modelsDir, id);
  await using lock = await lockDirectory(modelsDir, {
    onWait: (holder) => report.say(`${modelsDir} is in use by ${holder}: waiting until it is done.`),
  });
  await tidyUp(modelsDir);
  const wasThere = hasPrecision(directory, precision);
  if (wasThere) {
    const model = await loadModel(directory);
    if (model.graphs.image === graphFile('image', precision)) return { model, wasThere };
  }

  const staging = stagingOf(modelsDir, id);
  try {
    // What the model has in other precisions stays with it.
    await shareGraphs(directory, staging, modelsDir);
    if (wasThere) await switchPrecision(directory, staging, precision);
    else await fill(staging, options);
    const model = await loadModel(staging);
    await prove(model, options);
    await lock.check();
    await placeModel(staging, { modelsDir, id });
    if (wasThere) report.say(`${id} uses its graphs in ${precision} from now on.`);
    else await removeDownloads(options);
    return { model: { ...model, directory }, wasThere };
  } catch (error) {
    throw explainFullDisk(error, modelsDir);
  } finally {
    await rm(staging, { recursive: true, force: true });
  }
}

function hasPrecision(directory: string, precision: Precision): boolean {
  const graphs = [graphFile('image', precision), graphFile('text', precision), 'taxolens.json'];
  return graphs.every((file) => existsSync(join(directory, file)));
}

async function fill(staging: string, options: AddOptions): Promise<void> {
  const { modelsDir, manifest, precision, from, report } = options;
  const pins = await readPins(modelsDir);
  const hub = new Hub(options.hub, report.say);
  report.say(`Looking for the files of ${manifest.id} in ${from ?? hub.endpoint}...`);
  try {
    const sources = await openSources({ manifest, modelsDir, hub, pins, from });
    const plan = await planModel({ sources, manifest, precision, from });
    // The commits that were seen hold from now on, also where what follows is broken off.
    await writePins(modelsDir, pins);
    await checkRoom(modelsDir, plan.neededBytes);
    await fillModel({ plan, manifest, precision, target: staging, report });
  } finally {
    await writePins(modelsDir, pins);
    await hub.close();
  }
}

/** Of what does not run nothing is kept, nor what it was made of; where a trial was broken off, the next add tries again. */
async function prove(model: Model, options: AddOptions): Promise<void> {
  options.report.say('Trying it with a picture and a text...');
  await tryModel(model).catch(async (error: unknown) => {
    if (!isModelBroken(error)) throw error;
    await removeDownloads(options);
    const message =
      `${error.message} The commit that was seen is kept: once a repository is mended, remove its entry from "sources" in ` +
      `${PINS_FILE}.`;
    throw new AppError('MODEL_NOT_AVAILABLE', { message, cause: error });
  });
}

/** Those of other models that were broken off stay. */
async function removeDownloads({ manifest: { image, text }, modelsDir }: AddOptions): Promise<void> {
  const used = [image.source, image.onnx, text.source, text.onnx, text.tokenizer].filter((one) => one !== undefined);
  const names = used.flatMap((source) => ('repo' in source ? `${source.repo.replace('/', '--')}@` : []));
  const downloads = downloadsDirOf(modelsDir);
  for (const entry of await readdir(downloads).catch((): string[] => [])) {
    if (names.some((name) => entry.startsWith(name))) await rm(join(downloads, entry), { recursive: true });
  }
  await rmdir(downloads).catch(() => {}); // where it is empty
}
