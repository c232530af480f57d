import { basename } from 'node:path';
import type { Config } from '../config.ts';
import { listManifests } from '../inference/models/registry/registry.ts';
import { listAddedModels } from '../inference/models/store/index.ts';
import { say } from './say.ts';

/** What can be added by its id, and what was. */
export async function listRegistry({ modelsDir }: Config): Promise<void> {
  const added = new Set((await listAddedModels(modelsDir)).map((directory) => basename(directory)));
  const manifests = listManifests();
  const width = Math.max(...manifests.map(({ id }) => id.length));
  for (const { id, name, languages, licenceNotice } of manifests) {
    const state = added.has(id) ? 'added' : '     ';
    const spoken = languages.length > 4 ? `${languages.length} languages` : languages.join(', ');
    say(`${state}  ${id.padEnd(width)}  ${name} (${spoken})${licenceNotice ? ' *' : ''}`);
    added.delete(id);
  }
  for (const id of added) say(`added  ${id}`);
  say('');
  say('* Its licence or card restricts its use: "taxolens model add <id>" says how, and docs/models.md.');
  say(`Added models stand in ${modelsDir}. docs/models.md says which model is for whom.`);
}
