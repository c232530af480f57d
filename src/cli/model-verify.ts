import { basename } from 'node:path';
import { ConfigError, type Config } from '../config.ts';
import { listAddedModels, removeModel, verifyModel } from '../inference/models/store/index.ts';
import { say } from './say.ts';

/** Compares the files of one added model, or of all, with what they were. Fails where one differs. */
export async function verifyModels({ modelsDir }: Config, operand: string | undefined): Promise<void> {
  const added = (await listAddedModels(modelsDir)).map((directory) => basename(directory));
  const ids = operand === undefined ? added : [operand];
  const wrong: string[] = [];
  for (const id of ids) {
    const { good, problems } = await verifyModel(id, modelsDir);
    say(
      `${id}: ${good} files are what they were${problems.length > 0 ? `, ${problems.length} are not` : ''}.`,
    );
    wrong.push(...problems.map((problem) => `${id}: ${problem}.`));
  }
  if (ids.length === 0) say(`No model was added to ${modelsDir} yet.`);
  if (wrong.length === 0) return;
  throw new ConfigError(
    `${wrong.join('\n')}\nRemove such a model and add it again: the same files come back.`,
  );
}

/** Takes an added model away. */
export async function removeFromModels(config: Config, operand: string | undefined): Promise<void> {
  await removeModel(operand!, config);
  say(
    `Removed ${operand}. A server that runs offers it until its next start; taxonomies that chose it need another then.`,
  );
}
