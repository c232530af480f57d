import type { HubOptions } from '../hub/hub.ts';
import { listManifests } from '../registry/registry.ts';
import { addModel, type Reporter } from './add-model.ts';
import { findModel, listAddedModels, type ModelPlaces } from './list-models.ts';

export interface FirstUse extends ModelPlaces {
  hub: HubOptions;
  allowModelDownload: boolean;
}

/** Adds the default model at its first use, where the registry has it and the configuration lets a start fetch. */
export async function addDefaultModel(
  { model, modelsDir, hub, allowModelDownload }: FirstUse,
  report: Reporter,
): Promise<void> {
  if (!allowModelDownload || findModel(model, await listAddedModels(modelsDir)) !== undefined) return;
  const manifest = listManifests().find(({ id }) => id === model);
  if (!manifest) return;
  report.say(`Adding the model ${manifest.name}, as TAXOLENS_ALLOW_MODEL_DOWNLOAD says...`);
  if (manifest.licenceNotice) report.say(`Mind its restrictions: ${manifest.licenceNotice}`);
  await addModel({ manifest, modelsDir, hub, precision: 'fp32', report });
}
