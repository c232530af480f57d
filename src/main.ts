import { enableCompileCache } from 'node:module';
import { resolve } from 'node:path';
import { ConfigError, readConfig, type Config } from './config.ts';
import { DatabaseSetupError, DatabaseUnreachableError } from './database/setup-error.ts';
import { createLogger } from './logger.ts';

// Halves the time that loading takes. Where the directory cannot be written, Node does without.
enableCompileCache(resolve(import.meta.dirname, '../node_modules/.cache/node'));

/** Each loads only what it needs, after the cache is on. */
const COMMANDS: Record<string, () => Promise<(config: Config) => Promise<void>>> = {
  serve: async () => (await import('./cli/serve.ts')).serve,
  worker: async () => (await import('./cli/worker.ts')).worker,
  migrate: async () => (await import('./cli/migrate.ts')).migrate,
  model: async () => (await import('./cli/model.ts')).model,
  bench: async () => (await import('./cli/bench.ts')).bench,
};

const USAGE = `Usage: taxolens <command>

  serve     start the API and, without DATABASE_URL, the database (npm start)
  worker    run background jobs only, beside a process that serves
  migrate   bring the database up to date and set the rights of the application role
  model     check the model in use and say what it is
  bench     measure how full batches are with the model in use
  help      show this text

The configuration comes from environment variables: see "Configuration" in README.md.
`;

/** sysexits.h: the bootstrap does not start such a process again. */
const EXIT = { ok: 0, failed: 1, usage: 64, config: 78 };

process.on('uncaughtException', die);
process.on('unhandledRejection', die);

process.exit(await run(process.argv.slice(2)));

async function run([name = 'serve', ...rest]: string[]): Promise<number> {
  if ([name, ...rest].some((word) => ['help', '--help', '-h'].includes(word))) {
    process.stdout.write(USAGE);
    return EXIT.ok;
  }
  const load = Object.hasOwn(COMMANDS, name) ? COMMANDS[name] : undefined;
  if (!load || rest.length > 0) {
    process.stderr.write(`There is no command '${[name, ...rest].join(' ')}'.\n\n${USAGE}`);
    return EXIT.usage;
  }
  try {
    const config = readConfig(process.env);
    const command = await load();
    await command(config);
    return EXIT.ok;
  } catch (error) {
    if (error instanceof DatabaseUnreachableError) return explain(error, EXIT.failed);
    if (error instanceof ConfigError || error instanceof DatabaseSetupError)
      return explain(error, EXIT.config);
    throw error;
  }
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
