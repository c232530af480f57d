import { availableParallelism } from 'node:os';
import { resolve } from 'node:path';
import { z } from 'zod';
import { MAX_QUEUED_BYTES, shareOf } from './limits.ts';

const REPOSITORY = resolve(import.meta.dirname, '..');
export const SHIPPED_MODEL_DIR = resolve(REPOSITORY, 'models/demo');
export const EXAMPLES_DIR = resolve(REPOSITORY, 'examples');

const integer = (min: number, max: number) => {
  const error = `expected a whole number from ${min} to ${max}`;
  // Digits only: Number() reads a blank as 0, and what looks like text as hexadecimal.
  const digits = z.string().regex(/^\d{1,15}$/, { error });
  return digits.transform(Number).pipe(z.number().min(min, { error }).max(max, { error }));
};
const postgresUrl = z.url({
  protocol: /^postgres(ql)?$/,
  error: 'expected postgresql://user:password@host/db',
});

/** What a Bearer header can carry. */
const operatorKey = z
  .string()
  .regex(/^[\x21-\x7e]{32,}$/, 'expected 32 or more characters of ASCII, none of them white space');

/** One entry an environment variable; README's table is tested against it. */
const Environment = z.object({
  PORT: integer(0, 65_535).default(4000),
  HOST: z.string().min(1).default('127.0.0.1'),
  LOG_LEVEL: z.enum(['silent', 'fatal', 'error', 'warn', 'info', 'debug', 'trace']).default('info'),
  DATABASE_URL: postgresUrl.optional(),
  TAXOLENS_MIGRATION_DATABASE_URL: postgresUrl.optional(),
  TAXOLENS_DATA_DIR: z.string().min(1).default(resolve(REPOSITORY, '.taxolens')),
  TAXOLENS_OPERATOR_KEY: operatorKey.optional(),
  TAXOLENS_DEMO: z.enum(['true', 'false']).optional(),
  TAXOLENS_MODEL: z.string().min(1).default(SHIPPED_MODEL_DIR),
  TAXOLENS_EXECUTION_PROVIDERS: z
    .string()
    .default('cpu')
    .transform((list) => list.split(',').map((name) => name.trim()))
    .pipe(z.array(z.enum(['cpu', 'cuda', 'tensorrt', 'webgpu', 'coreml', 'dml'])).min(1)),
  TAXOLENS_ENCODERS: integer(1, 64).default(Math.max(1, availableParallelism() - 1)),
  TAXOLENS_MAX_IMAGE_BYTES: integer(1_000, shareOf(MAX_QUEUED_BYTES)).default(20_000_000),
  TAXOLENS_MAX_IMAGE_PIXELS: integer(1_000, 1_000_000_000).default(50_000_000),
  TAXOLENS_MAX_QUEUED_IMAGES: integer(1, 1_000_000).default(1_000),
  TAXOLENS_MATRIX_CACHE_BYTES: integer(0, 1_000_000_000_000).default(256_000_000),
});

export type Config = Readonly<ReturnType<typeof toConfig>>;

/** A mistake in the configuration: printed without a stack, and the server is not started again. */
export class ConfigError extends Error {
  override name = 'ConfigError';
}

/** Reads the whole configuration. Throws ConfigError naming every variable that is wrong, and what was expected. */
export function readConfig(environment: NodeJS.ProcessEnv): Config {
  const problems = Object.keys(environment)
    .filter((name) => name.startsWith('TAXOLENS_') && !(name in Environment.shape))
    .map((name) => `${name}: unknown; expected one of ${Object.keys(Environment.shape).join(', ')}`);
  const given = Object.fromEntries(
    Object.keys(Environment.shape)
      .filter((name) => environment[name] !== undefined && environment[name] !== '')
      .map((name) => [name, environment[name]]),
  );
  const parsed = Environment.safeParse(given);
  for (const issue of parsed.error?.issues ?? []) {
    const name = String(issue.path[0]);
    const shown =
      name.includes('URL') || name.includes('KEY') ? 'a value that is not shown' : `'${given[name]}'`;
    problems.push(`${name}: ${issue.message}; got ${shown}`);
  }
  if (!parsed.success || problems.length > 0) {
    throw new ConfigError(`The configuration is not valid.\n  ${problems.join('\n  ')}`);
  }
  return Object.freeze(toConfig(parsed.data));
}

function toConfig(environment: z.output<typeof Environment>) {
  return {
    port: environment.PORT,
    host: environment.HOST,
    logLevel: environment.LOG_LEVEL,
    dataDir: resolve(environment.TAXOLENS_DATA_DIR),
    operatorKey: environment.TAXOLENS_OPERATOR_KEY,
    databaseUrl: environment.DATABASE_URL,
    migrationDatabaseUrl: environment.TAXOLENS_MIGRATION_DATABASE_URL,
    /** Whether a first start makes a tenant to look at, with a key that it prints. */
    demo: (environment.TAXOLENS_DEMO ?? String(environment.DATABASE_URL === undefined)) === 'true',
    modelDirectory: resolve(environment.TAXOLENS_MODEL),
    executionProviders: environment.TAXOLENS_EXECUTION_PROVIDERS,
    encoders: environment.TAXOLENS_ENCODERS,
    /** Decoding is short beside encoding with any model but a tiny one: half of the cores is plenty. */
    decoders: Math.ceil(availableParallelism() / 2),
    maxImageBytes: environment.TAXOLENS_MAX_IMAGE_BYTES,
    maxImagePixels: environment.TAXOLENS_MAX_IMAGE_PIXELS,
    maxQueuedImages: environment.TAXOLENS_MAX_QUEUED_IMAGES,
    maxQueuedBytes: MAX_QUEUED_BYTES,
    /** An upload that keeps still for longer is cut off: it holds what it has sent, and no more, until then. */
    uploadIdleMs: 30_000,
    matrixCacheBytes: environment.TAXOLENS_MATRIX_CACHE_BYTES,
  };
}

/** Names of the environment variables, for the documentation test. */
export const ENVIRONMENT_VARIABLES = Object.keys(Environment.shape);
