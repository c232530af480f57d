import { spawn, type ChildProcess } from 'node:child_process';
import { createHash } from 'node:crypto';
import { accessSync, constants, existsSync, globSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { Logger } from 'pino';
import { makeDirectories } from '../database/embedded/make-directories.ts';

const REPOSITORY = resolve(import.meta.dirname, '../..');
const SOURCE_DIR = join(REPOSITORY, 'graphiql');
const BUILD_SCRIPT = join(SOURCE_DIR, 'build.js');

export type ExplorerState =
  | { kind: 'building' }
  /** `directory` holds index.html and its assets. */
  | { kind: 'ready'; directory: string }
  | { kind: 'failed'; reason: string };

export interface ExplorerOptions {
  dataDir: string;
  logger: Pick<Logger, 'info' | 'error'>;
  /** For tests: what builds, and where to. Default: graphiql/build.js, into the cache of this installation. */
  script?: string;
  directory?: string;
}

/** How much of what a failed build says is kept. */
const MAX_REASON_LENGTH = 4_000;

/**
 * The files of GraphiQL. They are built once for each lock file, in a child process of low priority, while the server
 * serves already: `building`, until it is `ready` or has `failed`.
 */
export class Explorer {
  readonly #logger: ExplorerOptions['logger'];
  #state: ExplorerState;
  #child: ChildProcess | undefined;

  constructor({ logger, dataDir, script = BUILD_SCRIPT, directory }: ExplorerOptions) {
    this.#logger = logger;
    this.#state = { kind: 'building' };
    try {
      const into = directory ?? join(cacheDir(dataDir), `graphiql-${hashOfInputs()}`);
      if (existsSync(into)) this.#state = { kind: 'ready', directory: into };
      else this.#build(script, into);
    } catch (error) {
      this.#fail((error as Error).message); // no reason for a server not to start
    }
  }

  get state(): ExplorerState {
    return this.#state;
  }

  /** Ends the build, if one runs: the next start begins it anew. */
  async stop(): Promise<void> {
    const child = this.#child;
    if (!child) return;
    const ended = new Promise((resolve) => child.once('close', resolve));
    child.kill('SIGTERM'); // it removes what it has made
    await ended;
  }

  #build(script: string, directory: string): void {
    const startedAt = performance.now();
    const child = spawn(process.execPath, [script, directory], {
      stdio: ['ignore', 'ignore', 'pipe'],
      env: { PATH: process.env['PATH'] }, // the keys and passwords of the server are no business of a bundler
    });
    this.#child = child;
    let said = '';
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      said = (said + text).slice(-MAX_REASON_LENGTH);
    });
    child.once('error', (error) => (said += error.message));
    child.once('close', (code, signal) => {
      this.#child = undefined;
      if (code === 0 && existsSync(directory)) {
        this.#state = { kind: 'ready', directory };
        const durationMs = Math.round(performance.now() - startedAt);
        this.#logger.info({ durationMs }, 'GraphiQL is built');
      } else if (signal === 'SIGTERM') this.#state = { kind: 'failed', reason: 'The build was ended.' };
      else this.#fail(said.trim() || `It ended with ${signal ?? code} and said nothing.`);
    });
  }

  #fail(reason: string): void {
    this.#state = { kind: 'failed', reason };
    this.#logger.error({ reason }, 'GraphiQL cannot be built');
  }
}

/** Beside what else is derived from the lock file, or in the data directory where that is not ours to write. */
function cacheDir(dataDir: string): string {
  const modules = join(REPOSITORY, 'node_modules');
  const directory = join(isWritable(modules) ? join(modules, '.cache') : dataDir, 'taxolens');
  makeDirectories(directory);
  return directory;
}

function isWritable(directory: string): boolean {
  try {
    accessSync(directory, constants.W_OK);
    return true;
  } catch {
    return false;
  }
}

/** Of the lock file and the page's own sources: another build is made where one of them has changed. */
function hashOfInputs(): string {
  const hash = createHash('sha256');
  const sources = globSync('**/*.{html,js,css,graphql,json}', { cwd: SOURCE_DIR }).toSorted();
  for (const file of [
    join(REPOSITORY, 'package-lock.json'),
    ...sources.map((name) => join(SOURCE_DIR, name)),
  ]) {
    if (existsSync(file)) hash.update(file).update(readFileSync(file));
  }
  return hash.digest('hex').slice(0, 16);
}
