import { globSync, readFileSync } from 'node:fs';
import { dirname, relative, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';

const SOURCE = resolve(import.meta.dirname, '../../src');

/** What each part of src/ may import, itself aside. `context` (types only) and what stands at the top is shared. */
const ALLOWED: Record<string, string[]> = {
  main: ['app', 'cli', 'config', 'database', 'errors', 'inference', 'logger', 'taxonomy'],
  resolvers: [
    'bulk',
    'changes',
    'inbound',
    'classification',
    'webhooks',
    'metering',
    'events',
    'taxonomy',
    'tenancy',
    'inference',
    'database',
    'schema',
    'limits',
  ],
  classification: [
    'changes',
    'events',
    'metering',
    'taxonomy',
    'tenancy',
    'inference',
    'database',
    'outbound',
    'limits',
  ],
  changes: ['database'],
  live: ['changes', 'resolvers', 'tenancy', 'graphql', 'http', 'metrics'],
  bulk: ['classification', 'events', 'taxonomy', 'tenancy', 'inference', 'jobs', 'database', 'limits'],
  inbound: ['classification', 'events', 'tenancy', 'jobs', 'database', 'limits'],
  outbound: [],
  config: ['outbound'],
  taxonomy: ['events', 'tenancy', 'jobs', 'inference', 'database'],
  webhooks: ['events', 'tenancy', 'jobs', 'outbound', 'database'],
  metering: ['tenancy', 'jobs', 'database'],
  events: ['tenancy', 'jobs', 'database'],
  tenancy: ['database'],
  jobs: ['tenancy', 'database'],
  inference: [],
  database: [],
  schema: ['context', 'database', 'inference'],
};
const SHARED = ['context', 'errors', 'ids', 'json-meter', 'config', 'limits', 'logger', 'upload'];

/** `classification/classify.ts` -> `classification`; `app.ts` -> `app`. */
const partOf = (path: string) => path.split('/')[0]!.replace(/\.ts$/, '');

interface Import {
  file: string;
  specifier: string;
  typeOnly: boolean;
}

const imports: Import[] = globSync('**/*.ts', { cwd: SOURCE })
  .filter((file) => !file.includes('generated'))
  .flatMap((file) =>
    [
      ...readFileSync(resolve(SOURCE, file), 'utf8').matchAll(
        /^\s*(?:import|export)\b([^'";]*?)from '([^']+)'/gm,
      ),
    ].map(([, clause, specifier]) => ({
      file,
      specifier: specifier!,
      typeOnly: clause!.trim().startsWith('type'),
    })),
  );

const targetOf = ({ file, specifier }: Import) => relative(SOURCE, resolve(SOURCE, dirname(file), specifier));

describe('the dependency direction', () => {
  it('sees the imports that it judges', () => {
    expect(imports.length).toBeGreaterThan(100);
  });

  it.each(Object.entries(ALLOWED))('%s imports only what stands below it', (part, allowed) => {
    const wrong = imports
      .filter(({ file, specifier }) => partOf(file) === part && specifier.startsWith('.'))
      .filter((one) => ![part, ...allowed, ...SHARED].includes(partOf(targetOf(one))))
      .map((one) => `${one.file} -> ${targetOf(one)}`);
    expect(wrong).toEqual([]);
  });

  it('inference knows no tenant row, no GraphQL and no database', () => {
    const known = imports
      .filter(({ file, specifier }) => partOf(file) === 'inference' && specifier.startsWith('.'))
      .map((one) => partOf(targetOf(one)));
    expect(new Set(known)).toEqual(new Set(['inference', 'errors', 'limits']));
  });

  it('only the composition root and the command line import the application', () => {
    const importers = imports
      .filter((one) => ['app.ts', 'main.ts'].includes(targetOf(one)))
      .map(({ file }) => file);
    expect(importers.filter((file) => !['main', 'cli'].includes(partOf(file)))).toEqual([]);
  });

  it.each([
    ['onnxruntime-node', ['inference/encoder/session.ts']],
    ['@huggingface/transformers', ['inference/encoder/tokenizer.ts']],
    ['sharp', ['inference/decoder/decode-image.ts']],
  ])('%s is loaded by one file, in a child process', (library, files) => {
    const importers = imports
      .filter(({ specifier, typeOnly }) => specifier === library && !typeOnly)
      .map(({ file }) => file);
    expect([...new Set(importers)]).toEqual(files);
  });

  it('nothing in src imports a test', () => {
    expect(imports.filter((one) => targetOf(one).startsWith('..')).map(({ file }) => file)).toEqual([]);
  });
});
