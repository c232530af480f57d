import type { Config } from '../config.ts';
import { loadModel, type Model } from '../inference/index.ts';
import { listModels } from '../inference/models/store/index.ts';
import { say } from './say.ts';

/** The directory of the model of that id or path, of the default one where none is named. */
export async function findDirectory(config: Config, operand: string | undefined): Promise<string> {
  const [directory] = await listModels({ ...config, model: operand ?? config.model });
  return directory;
}

/** Checks the files of a model and says what is in them. */
export async function showModel(config: Config, operand: string | undefined): Promise<void> {
  sayFacts(describe(await loadModel(await findDirectory(config, operand))));
}

function describe(model: Model): Record<string, unknown> {
  return {
    id: model.id,
    name: model.name,
    description: model.description,
    directory: model.directory,
    revision: model.revision,
    languages: model.languages.join(', '),
    dimension: model.dimension,
    'context length': model.contextLength,
    'logit scale': model.logitScale,
    'logit bias': model.logitBias,
    activation: model.activation,
    graphs: Object.values(model.graphs).join(', '),
    licence: model.licence,
    ...(model.licenceNotice && { restrictions: model.licenceNotice }),
    demonstration: model.isDemonstration ? 'yes: it knows illustrations, not photographs' : 'no',
  };
}

export function sayFacts(facts: Record<string, unknown>): void {
  for (const [name, value] of Object.entries(facts)) say(`${`${name}:`.padEnd(16)}${value}`);
}
