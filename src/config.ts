import { availableParallelism, totalmem } from 'node:os';
import { join, resolve } from 'node:path';
import ipaddr from 'ipaddr.js';
import { z } from 'zod';
import { parseAllowedTargets } from './outbound/allowed-targets.ts';
import { ENCRYPTION_KEY_BYTES, MAX_QUEUED_BYTES, shareOf } from './limits.ts';

const REPOSITORY = resolve(import.meta.dirname, '..');
export const SHIPPED_MODEL_DIR = resolve(REPOSITORY, 'models/demo');
export const SHIPPED_MODEL_ID = 'taxolens-demo';
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

const allowedTargets = z
  .string()
  .default('')
  .transform((list, { addIssue }) => {
    try {
      return parseAllowedTargets(list);
    } catch (error) {
      addIssue({ code: 'custom', message: (error as Error).message });
      return z.NEVER;
    }
  });

/** Comma-separated origins as browsers send them, or `*`. */
const originList = z
  .string()
  .default('')
  .transform((list) =>
    list
      .split(',')
      .map((origin) => origin.trim())
      .filter(Boolean),
  )
  .pipe(
    z.array(
      z
        .string()
        .refine((origin) => origin === '*' || (URL.canParse(origin) && new URL(origin).origin === origin), {
          error: "expected origins such as 'https://app.example', or '*'",
        }),
    ),
  );

const PROXY_NAMES = ['loopback', 'linklocal', 'uniquelocal'];
const isProxy = (text: string) =>
  PROXY_NAMES.includes(text) || ipaddr.isValid(text) || ipaddr.isValidCIDR(text);

/** Express's `trust proxy`: how many proxies stand before us, or their addresses. */
const trustedProxies = z
  .string()
  .transform((text) => (/^\d+$/.test(text) ? Number(text) : text.split(',').map((one) => one.trim())))
  .pipe(
    z.union([z.int().max(10), z.array(z.string().refine(isProxy))], {
      error: `expected a number of proxies up to 10, or addresses, CIDRs and ${PROXY_NAMES.join(', ')}`,
    }),
  );

const publicUrl = z
  .url({ protocol: /^https?$/, error: 'expected https://host/path' })
  .refine((url) => !/[?#]/.test(url), { error: 'expected no query and no fragment' })
  .transform((url) => url.replace(/\/+$/, ''));
/** What a Bearer header can carry. */
const operatorKey = z
  .string()
  .regex(/^[\x21-\x7e]{32,}$/, 'expected 32 or more characters of ASCII, none of them white space');

/** 32 bytes, as `openssl rand -base64 32` writes them. */
const encryptionKey = z
  .base64({ error: 'expected 32 bytes in base64' })
  .transform((text) => Buffer.from(text, 'base64'))
  .refine(({ length }) => length === ENCRYPTION_KEY_BYTES, { error: 'expected 32 bytes in base64' });
/** What a Bearer header can carry; files that hold a token often end with a line break. */
const hubToken = z
  .string()
  .trim()
  .regex(/^[\x21-\x7e]+$/, 'expected ASCII, none of it white space');
/** The spellings that the hub's own library takes for on. */
const hubSwitch = z
  .string()
  .transform((text) => text.toLowerCase())
  .pipe(z.enum(['1', 'true', 'on', 'yes', '0', 'false', 'off', 'no']))
  .transform((text) => ['1', 'true', 'on', 'yes'].includes(text));

/** One entry an environment variable; README's table is tested against it. */
const Environment = z.object({
  PORT: integer(0, 65_535).default(4000),
  HOST: z.string().min(1).default('127.0.0.1'),
  TAXOLENS_PUBLIC_URL: publicUrl.optional(),
  TAXOLENS_BASE_PATH: z
    .string()
    .regex(/^(\/[\w.~-]+)+$/, "expected a path such as '/taxolens'")
    .optional(),
  TAXOLENS_TRUST_PROXY: trustedProxies.optional(),
  LOG_LEVEL: z.enum(['silent', 'fatal', 'error', 'warn', 'info', 'debug', 'trace']).default('info'),
  DATABASE_URL: postgresUrl.optional(),
  TAXOLENS_MIGRATION_DATABASE_URL: postgresUrl.optional(),
  TAXOLENS_DATA_DIR: z.string().min(1).default(resolve(REPOSITORY, '.taxolens')),
  TAXOLENS_OPERATOR_KEY: operatorKey.optional(),
  TAXOLENS_ENCRYPTION_KEY: encryptionKey.optional(),
  TAXOLENS_DEMO: z.enum(['true', 'false']).optional(),
  TAXOLENS_MODEL: z.string().min(1).default(SHIPPED_MODEL_DIR),
  TAXOLENS_MODELS_DIR: z.string().min(1).optional(),
  TAXOLENS_ALLOW_MODEL_DOWNLOAD: z.enum(['true', 'false']).default('false'),
  HF_ENDPOINT: publicUrl.default('https://huggingface.co'),
  HF_TOKEN: hubToken.optional(),
  HF_HUB_OFFLINE: hubSwitch.default(false),
  TAXOLENS_EXECUTION_PROVIDERS: z
    .string()
    .default('cpu')
    .transform((list) => list.split(',').map((name) => name.trim()))
    .pipe(z.array(z.enum(['cpu', 'cuda', 'tensorrt', 'webgpu', 'coreml', 'dml'])).min(1)),
  TAXOLENS_ALLOWED_ORIGINS: originList,
  TAXOLENS_INTROSPECTION: z.enum(['on', 'off']).default('on'),
  TAXOLENS_TRUSTED_DOCUMENTS: z.string().min(1).optional(),
  TAXOLENS_ENCODERS: integer(1, 64).default(Math.max(1, availableParallelism() - 1)),
  TAXOLENS_MODEL_MEMORY_BYTES: integer(0, 1_000_000_000_000_000).default(halfOfMemory()),
  TAXOLENS_MAX_IMAGE_BYTES: integer(1_000, shareOf(MAX_QUEUED_BYTES)).default(20_000_000),
  TAXOLENS_MAX_IMAGE_PIXELS: integer(1_000, 1_000_000_000).default(50_000_000),
  TAXOLENS_MAX_QUEUED_IMAGES: integer(1, 1_000_000).default(1_000),
  TAXOLENS_ALLOWED_PRIVATE_TARGETS: allowedTargets,
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
    const shown = /URL|KEY|TOKEN/.test(name) ? 'a value that is not shown' : `'${given[name]}'`;
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
    publicUrl: environment.TAXOLENS_PUBLIC_URL,
    basePath: environment.TAXOLENS_BASE_PATH ?? '',
    trustedProxies: environment.TAXOLENS_TRUST_PROXY,
    logLevel: environment.LOG_LEVEL,
    dataDir: resolve(environment.TAXOLENS_DATA_DIR),
    operatorKey: environment.TAXOLENS_OPERATOR_KEY,
    encryptionKey: environment.TAXOLENS_ENCRYPTION_KEY,
    databaseUrl: environment.DATABASE_URL,
    migrationDatabaseUrl: environment.TAXOLENS_MIGRATION_DATABASE_URL,
    /** Whether a first start makes a tenant to look at, with a key that it prints. */
    demo: (environment.TAXOLENS_DEMO ?? String(environment.DATABASE_URL === undefined)) === 'true',
    /** The default model: the id of one in `modelsDir`, or a directory. */
    model: environment.TAXOLENS_MODEL,
    modelsDir: resolve(environment.TAXOLENS_MODELS_DIR ?? join(environment.TAXOLENS_DATA_DIR, 'models')),
    shippedModel: { id: SHIPPED_MODEL_ID, directory: SHIPPED_MODEL_DIR },
    allowModelDownload: environment.TAXOLENS_ALLOW_MODEL_DOWNLOAD === 'true',
    hub: {
      endpoint: environment.HF_ENDPOINT,
      token: environment.HF_TOKEN,
      offline: environment.HF_HUB_OFFLINE,
    },
    executionProviders: environment.TAXOLENS_EXECUTION_PROVIDERS,
    encoders: environment.TAXOLENS_ENCODERS,
    modelMemoryBytes: environment.TAXOLENS_MODEL_MEMORY_BYTES,
    /** Decoding is short beside encoding with any model but a tiny one: half of the cores is plenty. */
    decoders: Math.ceil(availableParallelism() / 2),
    allowedOrigins: environment.TAXOLENS_ALLOWED_ORIGINS,
    introspection: environment.TAXOLENS_INTROSPECTION === 'on',
    trustedDocumentsDir:
      environment.TAXOLENS_TRUSTED_DOCUMENTS && resolve(environment.TAXOLENS_TRUSTED_DOCUMENTS),
    maxImageBytes: environment.TAXOLENS_MAX_IMAGE_BYTES,
    maxImagePixels: environment.TAXOLENS_MAX_IMAGE_PIXELS,
    maxQueuedImages: environment.TAXOLENS_MAX_QUEUED_IMAGES,
    allowedPrivateTargets: environment.TAXOLENS_ALLOWED_PRIVATE_TARGETS,
    maxQueuedBytes: MAX_QUEUED_BYTES,
    /** A body that keeps still for longer is cut off: it holds what it has sent, and no more, until then. */
    bodyIdleMs: 30_000,
    matrixCacheBytes: environment.TAXOLENS_MATRIX_CACHE_BYTES,
  };
}

/** Of the machine, or of the container where that has less. */
function halfOfMemory(): number {
  return Math.floor(Math.min(totalmem(), process.constrainedMemory() || Infinity) / 2);
}

/** Names of the environment variables, for the documentation test. */
export const ENVIRONMENT_VARIABLES = Object.keys(Environment.shape);
