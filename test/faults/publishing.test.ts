import { resolve } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { startNode, type WatchedChild } from '../support/child.ts';
import { createClient, type Client } from '../support/client.ts';
import type { TestDatabase } from '../support/database.ts';
import { startDurableDatabase } from '../support/durable-database.ts';
import { until } from '../support/poll.ts';
import { seed } from '../support/seed.ts';
import { OPERATOR_KEY, startTestApp, type TestApp } from '../support/start-app.ts';
import { taxonomyClient } from '../support/taxonomy-client.ts';

const MAIN = resolve(import.meta.dirname, '../../src/main.ts');
const LABEL_COUNT = 2_000;
const TEMPLATES = ['a photo of a {label}.', 'a drawing of a {label}.', 'the {label}', '{label}'];
const PROMPT_COUNT = LABEL_COUNT * TEMPLATES.length;

let database: TestDatabase;
let server: WatchedChild;
let app: TestApp | undefined;
beforeAll(async () => {
  database = await startDurableDatabase();
  server = startNode([MAIN, 'serve'], {
    PORT: '0',
    LOG_LEVEL: 'warn',
    DATABASE_URL: database.applicationUrl,
    TAXOLENS_OPERATOR_KEY: OPERATOR_KEY,
    TAXOLENS_ENCODERS: '1',
  });
});
afterAll(async () => {
  server.process.kill('SIGKILL');
  await app?.stop();
  await database.drop();
});

const VERSION = `query ($id: ID!) { taxonomy(by: { id: $id }) { versions(first: 1) { nodes {
  state progress { embedded total }
} } } }`;
interface Version {
  state: string;
  progress: { embedded: number; total: number };
}

async function readVersion(client: Client, key: string, id: string): Promise<Version> {
  type Data = { taxonomy: { versions: { nodes: Version[] } } };
  return (await client.graphql<Data>(VERSION, { id }, key)).taxonomy.versions.nodes[0]!;
}

it('goes on where it was when the process is killed in the middle of embedding', async () => {
  const url = await until('the server is ready', () => /ready at (\S+)/.exec(server.output())?.[1]);
  const client = createClient(url);
  const { key } = await seed({ ...client, operatorKey: OPERATOR_KEY })
    .withTenant('a')
    .alone();
  const taxonomies = taxonomyClient(client, key);
  const { taxonomy } = await taxonomies.mutate('createTaxonomy', {
    name: 'large',
    labels: Array.from({ length: LABEL_COUNT }, (_, i) => ({
      key: `label-${i}`,
      names: [{ language: 'en', text: `thing ${i}` }],
    })),
    promptTemplates: TEMPLATES.map((text) => ({ language: 'en', text })),
  });
  const { id } = taxonomy!;
  await taxonomies.publish(id, { waitMs: 0 });
  const killedAt = await until('some prompts are embedded', async () => {
    const { progress } = await readVersion(client, key, id);
    return progress.embedded > 500 && progress.embedded;
  });
  server.process.kill('SIGKILL');
  expect(await server.ended).toBe('SIGKILL');
  expect(killedAt).toBeLessThan(PROMPT_COUNT);

  app = await startTestApp({ databaseUrl: database.applicationUrl });
  const { services, ...next } = app;
  const version = await until(
    'the version is READY',
    async () => {
      const found = await readVersion(next, key, id);
      return found.state === 'READY' && found;
    },
    60_000,
  );
  expect(version.progress).toEqual({ embedded: PROMPT_COUNT, total: PROMPT_COUNT });
  // One more than was missing: the empty text, by which prompts without a word of their own are known.
  expect(services.inference.stats().textsEncoded).toBeLessThanOrEqual(PROMPT_COUNT - killedAt + 1);
}, 120_000);
