import { basename } from 'node:path';
import type { Config } from '../config.ts';
import { loadModel } from '../inference/index.ts';
import { listManifests } from '../inference/models/registry/registry.ts';
import { findModel, listAddedModels, listBrokenModels } from '../inference/models/store/index.ts';
import { say } from './say.ts';

interface Row {
  state: '' | 'shipped' | 'added' | 'BROKEN' | 'default';
  id: string;
  about?: string;
  /** Where it is here. */
  directory?: string | undefined;
}

/** What ships, what can be added by its id, what was, and which one is the default. */
export async function listRegistry(config: Config): Promise<void> {
  const { modelsDir } = config;
  const added = await listAddedModels(modelsDir);
  const rows = [await describeShipped(config), ...describeRegistry(added), ...(await describeOthers(config))];
  const chosen = findModel(config, added);
  if (chosen !== undefined && !rows.some(({ directory }) => directory === chosen)) {
    rows.push({ state: 'default', id: chosen, directory: chosen });
  }
  const width = Math.max(...rows.map(({ id }) => id.length));
  for (const { state, id, about = '', directory } of rows) {
    const mark =
      directory !== undefined && directory === chosen && state !== 'default' ? '  <- the default' : '';
    say(`${state.padEnd(7)}  ${`${id.padEnd(width)}  ${about}`.trimEnd()}${mark}`);
  }
  say('');
  say('* Its licence or card restricts its use: "taxolens model add <id>" says how, and docs/models.md.');
  say(`Added models stand in ${modelsDir}. docs/models.md says which model is for whom.`);
}

async function describeShipped({ shippedModel: { id, directory } }: Config): Promise<Row> {
  const { name, languages } = await loadModel(directory);
  return { state: 'shipped', id, about: `${name} (${spoken(languages)})`, directory };
}

function describeRegistry(added: readonly string[]): Row[] {
  return listManifests().map(({ id, name, languages, licenceNotice }) => {
    const directory = added.find((one) => basename(one) === id);
    const about = `${name} (${spoken(languages)})${licenceNotice ? ' *' : ''}`;
    return { state: directory === undefined ? '' : 'added', id, about, directory };
  });
}

/** Those that came by a manifest or as a directory, and those that lost what says what they are. */
async function describeOthers({ modelsDir }: Config): Promise<Row[]> {
  const known = new Set(listManifests().map(({ id }) => id));
  const added = (await listAddedModels(modelsDir)).filter((directory) => !known.has(basename(directory)));
  const broken = await listBrokenModels(modelsDir);
  return [
    ...added.map((directory) => ({ state: 'added' as const, id: basename(directory), directory })),
    ...broken.map((directory) => {
      const id = basename(directory);
      return { state: 'BROKEN' as const, id, about: `taxolens.json is missing: "taxolens model show ${id}"` };
    }),
  ];
}

const spoken = (languages: readonly string[]) =>
  languages.length > 4 ? `${languages.length} languages` : languages.join(', ');
