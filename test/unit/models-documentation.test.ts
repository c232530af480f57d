import { globSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { buildSchema, parse, validate } from 'graphql';
import { describe, expect, it } from 'vitest';
import { renderPage } from '../../docs/generate-models.ts';
import { modelSettings } from '../../src/inference/models/model-settings.ts';
import { manifestSchema } from '../../src/inference/models/registry/manifest.ts';
import { listManifests } from '../../src/inference/models/registry/registry.ts';

const ROOT = resolve(import.meta.dirname, '../..');
const read = (page: string) => readFileSync(resolve(ROOT, page), 'utf8');
const page = read('docs/models.md');
const examples = [...page.matchAll(/```json\n(.+?)```/gs)].map(([, json]) => JSON.parse(json!) as unknown);

describe('docs/models.md', () => {
  it('has the table that the manifests make', () => {
    expect(page).toContain('| `siglip2-base-patch16-224` ');
    expect(renderPage(page)).toBe(page);
  });

  it('shows a manifest and a taxolens.json that are taken', () => {
    expect(examples).toHaveLength(2);
    expect(manifestSchema.parse(examples[0])).toMatchObject({ id: 'my-clip' });
    expect(modelSettings.parse(examples[1])).toMatchObject({ id: 'clip-vit-base-patch32' });
  });
});

it.each(['docs/models.md', 'docs/chinese-clip.md', 'README.md'])(
  '%s adds only models that the registry has, or files',
  (name) => {
    const ids = listManifests().map(({ id }) => id);
    const added = [...read(name).matchAll(/model add ([a-z0-9-]+)(?![\w/.-])/g)].map(([, id]) => id!);
    expect(added.length).toBeGreaterThan(0);
    expect(added.filter((id) => !ids.includes(id))).toEqual([]);
  },
);

it('docs/chinese-clip.md asks for nothing that the schema does not have', () => {
  const files = globSync('src/schema/*.graphql', { cwd: ROOT });
  const schema = buildSchema(files.map(read).join('\n'));
  const operations = [...read('docs/chinese-clip.md').matchAll(/```graphql\n(.+?)```/gs)];
  expect(operations).toHaveLength(3);
  for (const [, operation] of operations) expect(validate(schema, parse(operation!))).toEqual([]);
});
