import { readFileSync } from 'node:fs';
import { enableCompileCache } from 'node:module';
import { resolve } from 'node:path';
import { UsageError } from './cli/usage-error.ts';
import { ConfigError, readConfig, type Config } from './config.ts';
import { DatabaseSetupError, DatabaseUnreachableError } from './database/setup-error.ts';
import { createLogger } from './logger.ts';

// Halves the time that loading takes. Where the directory cannot be written, Node does without.
enableCompileCache(resolve(import.meta.dirname, '../node_modules/.cache/node'));

interface Command {
  /** Each loads only what it needs, after the cache is on. */
  load(): Promise<(config: Config, ...operands: string[]) => Promise<void>>;
  /** What must be named after the command; `any` where it looks for itself. */
  operands?: string[] | 'any';
}

const COMMANDS: Record<string, Command> = {
  serve: { load: async () => (await import('./cli/serve.ts')).serve },
  worker: { load: async () => (await import('./cli/worker.ts')).worker },
  migrate: { load: async () => (await import('./cli/migrate.ts')).migrate },
  backup: { load: async () => (await import('./cli/backup.ts')).backup, operands: ['<directory>'] },
  restore: { load: async () => (await import('./cli/restore.ts')).restore, operands: ['<directory>'] },
  model: { load: async () => (await import('./cli/model.ts')).model, operands: 'any' },
  bench: { load: async () => (await import('./cli/bench.ts')).bench },
};

const USAGE = `Usage: taxolens <command>

  serve                start the API and, without DATABASE_URL, the database (npm start)
  worker               run background jobs only, beside a process that serves
  migrate              bring the database up to date and set the rights of the application role
  backup <directory>   copy the embedded database to a new directory, while it is in use
  restore <directory>  make the embedded database from such a copy, where there is none
  model <command>      the models of this machine:
    list               what the registry has, and what was added
    add <model>        add one: an id of the registry, a manifest file or a model directory
                       (--from <directory>: copies instead of the hub; --precision fp32, fp16 or int8)
    show [<model>]     check the files of one, of the default without a name, and say what it is
    check [<model>]    run it here: speed, memory, reference vectors, precisions, the example pictures
    verify [<id>]      compare the files of one or all with what they were when they were added
    remove <id>        take one away
  bench                measure how full batches are with the model in use
  help                 show this text
  version              show the version

The configuration comes from environment variables: see "Configuration" in README.md.
`;

/** sysexits.h: the bootstrap does not start such a process again. */
const EXIT = { ok: 0, failed: 1, usage: 64, config: 78 };

process.on('uncaughtException', die);
process.on('unhandledRejection', die);

const [name = 'serve', ...operands] = process.argv.slice(2);
process.exit(await run(name, operands));

async function run(name: string, operands: string[]): Promise<number> {
  if ([name, ...operands].some((word) => ['help', '--help', '-h'].includes(word))) {
    process.stdout.write(USAGE);
    return EXIT.ok;
  }
  if (['version', '--version', '-v'].includes(name)) {
    const file = resolve(import.meta.dirname, '../package.json');
    const { version } = JSON.parse(readFileSync(file, 'utf8')) as { version: string };
    process.stdout.write(`${version}\n`);
    return EXIT.ok;
  }
  const command = Object.hasOwn(COMMANDS, name) ? COMMANDS[name] : undefined;
  if (!command) return refuse(`There is no command '${name}'.`);
  const { load, operands: expected = [] } = command;
  if (expected !== 'any' && operands.length !== expected.length) {
    return refuse(`Expected: taxolens ${[name, ...expected].join(' ')}; got ${operands.length} operand(s).`);
  }
  try {
    const config = readConfig(process.env);
    const execute = await load();
    await execute(config, ...operands);
    return EXIT.ok;
  } catch (error) {
    if (error instanceof UsageError) return refuse(error.message);
    if (error instanceof DatabaseUnreachableError) return explain(error, EXIT.failed);
    if (error instanceof ConfigError || error instanceof DatabaseSetupError)
      return explain(error, EXIT.config);
    throw error;
  }
}

function refuse(reason: string): number {
  process.stderr.write(`${reason}\n\n${USAGE}`);
  return EXIT.usage;
}

function explain({ message }: Error, exitCode: number): number {
  process.stderr.write(`\n${message}\n`);
  return exitCode;
}

/** After an error that nobody caught nothing can be trusted: log it and end. Children and database end with us. */
function die(error: unknown): never {
  const { message, code } = error as NodeJS.ErrnoException; // one address of several refused: a code, no message
  createLogger({ logLevel: 'fatal' }).fatal({ err: error }, `the process failed: ${message || code}`);
  process.exit(EXIT.failed);
}
