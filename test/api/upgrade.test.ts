import { cp, mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { startApp, type App } from '../../src/app.ts';
import { migrate } from '../../src/database/migrate.ts';
import { MIGRATIONS_DIR } from '../../src/database/migrations.ts';
import { bestOf, classify, readExample } from '../support/classify.ts';
import { createClient, type Client } from '../support/client.ts';
import { createTestDatabase, withClient, type TestDatabase } from '../support/database.ts';
import { seed, type SeededTaxonomy, type SeededTenant } from '../support/seed.ts';
import { silentLogger } from '../support/silent-logger.ts';
import { startTestApp, type TestApp } from '../support/start-app.ts';
import { taxonomyClient } from '../support/taxonomy-client.ts';

/** The last migration of an installation before token counts, warnings and parts of matrices. */
const OLD = '20261124124400_access_token_secret';

let now: TestApp;
let tenant: SeededTenant & { taxonomy: SeededTaxonomy };
let old: TestDatabase;
let upgraded: App;
let client: Client;
beforeAll(async () => {
  now = await startTestApp();
  tenant = await seed(now)
    .withTenant('a')
    .withTaxonomy(['cat', 'dog', 'pizza'], {
      templates: { en: ['a {label}'] },
    });
  old = await createTestDatabase({ migrated: false });
  await migrateUpTo(OLD);
  await copyTenant();
  await migrate({ ...old, logger: silentLogger });
  upgraded = await startApp({ ...now.services.config, databaseUrl: old.applicationUrl }, { explorer: false });
  client = createClient(upgraded.url);
});
afterAll(async () => {
  await upgraded?.stop();
  await old?.drop();
  await now.stop();
});

async function migrateUpTo(last: string): Promise<void> {
  const dir = await mkdtemp(path.join(tmpdir(), 'taxolens-migrations-'));
  for (const name of await readdir(MIGRATIONS_DIR)) {
    if (name <= last) await cp(path.join(MIGRATIONS_DIR, name), path.join(dir, name), { recursive: true });
  }
  await migrate({ ...old, logger: silentLogger, migrationsDir: dir });
  await rm(dir, { recursive: true });
}

/** What the old tables had of the tenant; a matrix was one value. */
const TABLES: Record<string, string> = {
  installation: 'select id, operator_key_hash, demo_seeded_at, access_token_secret from installation',
  tenant: 'select id, name, created_at from tenant',
  api_key: 'select tenant_id, id, name, scopes, secret_hash, hint, created_at from api_key',
  taxonomy: 'select tenant_id, id, name, model_id, default_language, revision from taxonomy',
  taxonomy_version: `select tenant_id, id, taxonomy_id, number, state, model_id, model_revision, default_language,
    prompt_languages, label_count, prompt_count, embedded_prompt_count, published_at from taxonomy_version`,
  label: 'select tenant_id, id, version_id, key, position, names::text, synonyms::text from label',
  prompt_template: 'select * from prompt_template',
  text_embedding:
    'select tenant_id, text_revision as model_revision, text_hash, text, embedding from text_embedding',
  taxonomy_matrix: `select tenant_id, version_id, language, dimension, fallbacks::text, (
      select string_agg(p.data, ''::bytea order by part) from taxonomy_matrix_part p
      where (p.tenant_id, p.version_id, p.language) = (m.tenant_id, m.version_id, m.language)
    ) as data from taxonomy_matrix m`,
};

async function copyTenant(): Promise<void> {
  await withClient(now.database.superuserUrl, (from) =>
    withClient(old.superuserUrl, async (to) => {
      await to.query('set session_replication_role = replica'); // in any order, and past the frozen state
      for (const [table, sql] of Object.entries(TABLES)) {
        for (const row of (await from.query<Record<string, unknown>>(sql)).rows) {
          const columns = Object.keys(row);
          const places = columns.map((_, index) => `$${index + 1}`);
          const insert = `insert into ${table} (${columns.join()}) values (${places.join()})`;
          await to.query(insert, Object.values(row));
        }
      }
    }),
  );
}

it('classifies against a version of before, without a call of the text encoder', async () => {
  const image = readExample('one-cat.png');
  const before = upgraded.services.inference.stats().textEncoderCalls;
  const { payload, errors } = await classify(client, { key: tenant.key, images: [image] });
  expect(errors).toEqual([]);
  expect(bestOf(payload)).toEqual([['cat']]);
  const same = await classify(now, { key: tenant.key, images: [image] });
  const scoresOf = ({ payload }: typeof same) =>
    payload!.results[0]!.outcomes[0]!.predictions!.map(({ score }) => score);
  expect(scoresOf({ ...same, payload })).toEqual(scoresOf(same));
  expect(upgraded.services.inference.stats().textEncoderCalls).toBe(before);
});

it('embeds the prompts again that the upgrade took from the cache', async () => {
  const { id } = tenant.taxonomy;
  const published = await taxonomyClient(client, tenant.key).publish(id);
  expect(published).toMatchObject({
    version: { number: 2, state: 'READY' },
    embeddedPrompts: 3,
    cachedPrompts: 0,
    userErrors: [],
  });
  expect(
    bestOf((await classify(client, { key: tenant.key, images: [readExample('one-dog.jpg')] })).payload),
  ).toEqual([['dog']]);
});
