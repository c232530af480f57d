import { ConfigError, type Config } from '../config.ts';
import { readPins, removeModel, verifyModel } from '../inference/models/store/index.ts';
import { say } from './say.ts';

/** Compares the files of one added model, or of all, with what they were. Fails where one differs. */
export async function verifyModels(
  { modelsDir, shippedModel }: Config,
  operand: string | undefined,
): Promise<void> {
  const added = Object.keys((await readPins(modelsDir)).models);
  const ids = operand === undefined ? added : [operand];
  if (operand === shippedModel.id && !added.includes(operand)) {
    const message =
      `'${operand}' was not added: it ships, and ${shippedModel.directory} is as whole as this installation. ` +
      `"taxolens model check ${operand}" runs it.`;
    throw new ConfigError(message);
  }
  const wrong: string[] = [];
  for (const id of ids) {
    const { good, problems } = await verifyModel(id, modelsDir);
    const others = problems.length === 0 ? '' : `, ${count(problems.length)} not`;
    say(`${id}: ${count(good)} what ${good === 1 ? 'it was' : 'they were'}${others}.`);
    wrong.push(...problems.map((problem) => `${id}: ${problem}.`));
  }
  if (ids.length === 0) say(`No model was added to ${modelsDir} yet.`);
  if (wrong.length === 0) return;
  throw new ConfigError(
    `${wrong.join('\n')}\nBring it back whole: "taxolens model remove <id>", and "taxolens model add" as the first time, from ` +
      'the hub, with --from, or from the directory that it was copied from.',
  );
}

const count = (files: number) => (files === 1 ? '1 file is' : `${files} files are`);

/** Takes an added model away. */
export async function removeFromModels(config: Config, operand: string | undefined): Promise<void> {
  await removeModel(operand!, config);
  say(
    `Removed ${operand}. A server that runs offers it until its next start; taxonomies that chose it need another then.`,
  );
}
