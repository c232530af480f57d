import { parseArgs } from 'node:util';
import { ConfigError, type Config } from '../config.ts';
import { AppError } from '../errors.ts';
import { addToModels } from './model-add.ts';
import { checkModel } from './model-check.ts';
import { listRegistry } from './model-list.ts';
import { showModel } from './model-show.ts';
import { removeFromModels, verifyModels } from './model-verify.ts';
import { UsageError } from './usage-error.ts';

export interface ModelOptions {
  from?: string | undefined;
  precision?: string | undefined;
}

type Command = (config: Config, operand: string | undefined, options: ModelOptions) => Promise<void>;

const COMMANDS: Record<string, { run: Command; operand: 'needed' | 'optional' | 'none'; options?: boolean }> =
  {
    list: { run: listRegistry, operand: 'none' },
    add: { run: addToModels, operand: 'needed', options: true },
    show: { run: showModel, operand: 'optional' },
    verify: { run: verifyModels, operand: 'optional' },
    check: { run: checkModel, operand: 'optional' },
    remove: { run: removeFromModels, operand: 'needed' },
  };

/** What is done with models on this machine, by the word behind `model`. */
export async function model(config: Config, ...words: string[]): Promise<void> {
  const { name, operand, options } = parse(words);
  await COMMANDS[name]!.run(config, operand, options).catch((error: unknown) => {
    throw error instanceof AppError ? new ConfigError(error.message, { cause: error }) : error;
  });
}

function parse(words: string[]): { name: string; operand: string | undefined; options: ModelOptions } {
  const { values, positionals } = readWords(words);
  const [name = '', operand, ...more] = positionals;
  const command = Object.hasOwn(COMMANDS, name) ? COMMANDS[name] : undefined;
  const takes = command?.operand;
  const isWrong =
    !command ||
    more.length > 0 ||
    (takes === 'needed') > (operand !== undefined) ||
    (takes === 'none' && operand !== undefined) ||
    (Object.keys(values).length > 0 && !command.options);
  if (isWrong)
    throw new UsageError(`Expected: taxolens model <${Object.keys(COMMANDS).join(' | ')}> as below.`);
  return { name, operand, options: values };
}

function readWords(words: string[]) {
  try {
    const options = { from: { type: 'string' }, precision: { type: 'string' } } as const;
    return parseArgs({ args: words, options, allowPositionals: true });
  } catch (error) {
    throw new UsageError((error as Error).message);
  }
}
