import { statSync } from 'node:fs';
import type { Config } from '../config.ts';
import { PRECISIONS, type Precision } from '../inference/models/graph-files.ts';
import { findManifest, listManifests } from '../inference/models/registry/registry.ts';
import { addModel, importModel, type AddedModel } from '../inference/models/store/index.ts';
import type { ModelOptions } from './model.ts';
import { createReporter } from './progress-bar.ts';
import { say } from './say.ts';
import { UsageError } from './usage-error.ts';

/** Adds a model by its id in the registry, by a manifest file, or a directory that is a model already. */
export async function addToModels(
  config: Config,
  operand: string | undefined,
  options: ModelOptions,
): Promise<void> {
  sayAdded(await add(config, operand!, options), config);
}

async function add(config: Config, operand: string, options: ModelOptions): Promise<AddedModel> {
  const { modelsDir, hub } = config;
  // A clone of a repository is often named like the model: `./name` is the directory then.
  if (isDirectory(operand) && !listManifests().some(({ id }) => id === operand)) {
    if (Object.keys(options).length > 0) {
      throw new UsageError(
        `${operand} is a model directory, which is copied as it is: --from and --precision are for others.`,
      );
    }
    return importModel(operand, modelsDir);
  }
  const { from, precision = 'fp32' } = options;
  if (!isPrecision(precision)) {
    throw new UsageError(`--precision: expected ${PRECISIONS.join(', ')}; got '${precision}'.`);
  }
  const manifest = await findManifest(operand);
  say(`Adding ${manifest.name} (${manifest.id}). Licence: ${manifest.licence}.`);
  if (manifest.licenceNotice) say(`Mind its restrictions: ${manifest.licenceNotice}`);
  return addModel({ manifest, modelsDir, hub, precision, from, report: createReporter() });
}

function sayAdded({ model, wasThere }: AddedModel, config: Config): void {
  const { id, directory, licenceNotice } = model;
  say(wasThere ? `${id} is there already: ${directory}` : `Added ${id}: ${directory}`);
  if (licenceNotice && wasThere) say(`Mind its restrictions: ${licenceNotice}`);
  say(`"taxolens model check ${id}" proves it on this machine. A server offers it after its next start.`);
  if (config.model !== id) say(`TAXOLENS_MODEL=${id} makes it the default.`);
}

const isDirectory = (path: string) => statSync(path, { throwIfNoEntry: false })?.isDirectory() === true;
const isPrecision = (text: string): text is Precision => (PRECISIONS as readonly string[]).includes(text);
