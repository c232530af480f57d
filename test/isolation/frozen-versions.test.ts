import { randomUUID } from 'node:crypto';
import { Client } from 'pg';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { createTestDatabase, type TestDatabase } from '../support/database.ts';

const tenantId = randomUUID();
const taxonomyId = randomUUID();
let database: TestDatabase;
let client: Client;

beforeAll(async () => {
  database = await createTestDatabase();
  client = new Client({ connectionString: database.applicationUrl });
  await client.connect();
  await client.query(
    `select set_config('app.tenant_id', $1, false), set_config('app.operator', 'on', false)`,
    [tenantId],
  );
  await client.query(`insert into tenant (id, name) values ($1, 'Alice')`, [tenantId]);
  await client.query(`select set_config('app.operator', '', false)`);
  await client.query(
    `insert into taxonomy (tenant_id, id, name, model_id, default_language) values ($1, $2, 'animals', 'm', 'en')`,
    [tenantId, taxonomyId],
  );
});

afterAll(async () => {
  await client?.end();
  await database?.drop();
});

// Each test leaves the versions as it found them.
beforeEach(async () => {
  await client.query('begin');
  return () => client.query('rollback');
});

/** A version with one label, one template and one matrix, in this state. */
async function version(number: number, state: string): Promise<string> {
  const id = randomUUID();
  await client.query(
    `insert into taxonomy_version (tenant_id, id, taxonomy_id, number, state, model_id, model_revision, default_language)
     values ($1, $2, $3, $4, $5, 'm', 'r', 'en')`,
    [tenantId, id, taxonomyId, number, number === 0 ? 'DRAFT' : 'EMBEDDING'],
  );
  await insertLabel(id, 'cat');
  await client.query(`insert into prompt_template values ($1, $2, 'en', 0, 'a {label}')`, [tenantId, id]);
  await client.query(`insert into label_file values ($1, $2, 'IAB', 'en', '{}')`, [tenantId, id]);
  await client.query(`insert into taxonomy_matrix values ($1, $2, 'en', 1, '{}'), ($1, $2, 'zh', 1, '{}')`, [
    tenantId,
    id,
  ]);
  await client.query(`insert into taxonomy_matrix_part values ($1, $2, 'zh', 0, 'x')`, [tenantId, id]);
  if (number > 0)
    await client.query('update taxonomy_version set state = $2::taxonomy_version_state where id = $1', [
      id,
      state,
    ]);
  return id;
}

async function insertLabel(versionId: string, key: string, parentKey: string | null = null): Promise<void> {
  await client.query(
    `insert into label (tenant_id, id, version_id, key, position, names, synonyms, parent_key)
     values ($1, $2, $3, $4, 0, '[]', '[]', $5)`,
    [tenantId, randomUUID(), versionId, key, parentKey],
  );
}

/** The error of a statement, with the transaction as it was before. */
async function refusal(sql: string, values: unknown[] = []): Promise<string> {
  await client.query('savepoint attempt');
  const error = await client.query(sql, values).then(
    () => new Error('was not refused'),
    (reason: Error) => reason,
  );
  await client.query('rollback to savepoint attempt');
  return error.message;
}

async function refusalsOf(statements: string[], versionId: string): Promise<string[]> {
  const refusals = [];
  for (const sql of statements) refusals.push(await refusal(sql, [versionId]));
  return refusals;
}

const CHANGES = [
  `update label set position = 7 where version_id = $1`,
  `delete from label where version_id = $1`,
  `insert into label (tenant_id, id, version_id, key, position, names, synonyms)
     select tenant_id, gen_random_uuid(), version_id, 'dog', 1, '[]', '[]' from label where version_id = $1`,
  `update prompt_template set text = 'another {label}' where version_id = $1`,
  `delete from prompt_template where version_id = $1`,
  `insert into prompt_template select tenant_id, version_id, 'de', 0, '{label}' from prompt_template where version_id = $1`,
  `update label_file set layout = '[]' where version_id = $1`,
  `delete from label_file where version_id = $1`,
  `insert into label_file select tenant_id, version_id, 'GOOGLE', 'en', '{}' from label_file where version_id = $1`,
  `update taxonomy_matrix set dimension = 2 where version_id = $1`,
  `delete from taxonomy_matrix where version_id = $1 and language = 'en'`,
  `insert into taxonomy_matrix select tenant_id, version_id, 'de', 1, '{}' from taxonomy_matrix where version_id = $1 limit 1`,
  `update taxonomy_matrix_part set data = 'y' where version_id = $1`,
  `delete from taxonomy_matrix_part where version_id = $1`,
  `insert into taxonomy_matrix_part select tenant_id, version_id, language, 1, 'z' from taxonomy_matrix_part where version_id = $1`,
];

test.each(['READY', 'FAILED'])('the contents of a %s version are frozen', async (state) => {
  const id = await version(1, state);
  const refusals = await refusalsOf(CHANGES, id);
  expect(refusals).toEqual(CHANGES.map(() => expect.stringContaining(`is ${state} and frozen`)));
});

test.each([
  [0, 'DRAFT'],
  [1, 'EMBEDDING'],
])('the contents of version %i, %s, can be written', async (number, state) => {
  const id = await version(number, state);
  expect(await refusalsOf(CHANGES, id)).toEqual(CHANGES.map(() => 'was not refused'));
});

test('a label cannot be moved out of a frozen version, nor into one', async () => {
  const [draft, frozen] = [await version(0, 'DRAFT'), await version(1, 'READY')];
  const move = `update label set version_id = $2, key = 'moved' where version_id = $1`;
  expect(await refusal(move, [draft, frozen])).toMatch(/frozen/);
  expect(await refusal(move, [frozen, draft])).toMatch(/frozen/);
});

test('a READY version changes in nothing, and goes only with its tenant', async () => {
  const id = await version(1, 'READY');
  for (const change of [`note = 'x'`, `state = 'EMBEDDING'`, 'label_count = 9']) {
    expect(await refusal(`update taxonomy_version set ${change} where id = $1`, [id])).toMatch(/is frozen/);
  }
  expect(await refusal('delete from taxonomy_version where id = $1', [id])).toMatch(/is frozen/);
  await client.query(`select set_config('app.operator', 'on', true)`);
  for (const table of ['label', 'prompt_template', 'label_file', 'taxonomy_matrix_part', 'taxonomy_matrix'])
    await client.query(`delete from ${table}`);
  expect((await client.query('delete from taxonomy_version')).rowCount).toBe(1);
});

test('a version keeps its number and its taxonomy, whatever its state', async () => {
  const id = await version(1, 'EMBEDDING');
  expect(await refusal('update taxonomy_version set number = 2 where id = $1', [id])).toMatch(/is frozen/);
  expect(
    await refusal('update taxonomy_version set taxonomy_id = $2 where id = $1', [id, randomUUID()]),
  ).toMatch(/frozen/);
  expect(await refusal(`update taxonomy_version set embedded_prompt_count = 1 where id = $1`, [id])).toBe(
    'was not refused',
  );
});

test('number 0 is the draft and nothing else', async () => {
  const id = await version(0, 'DRAFT');
  expect(await refusal(`update taxonomy_version set state = 'READY' where id = $1`, [id])).toMatch(
    /draft_is_number_0/,
  );
});

test('labels come in any order within a transaction, and a parent must be there at its end', async () => {
  const id = await version(0, 'DRAFT');
  await insertLabel(id, 'tabby', 'house cat');
  await insertLabel(id, 'house cat', 'cat');
  await client.query('set constraints all immediate');
  await client.query('set constraints all deferred');
  await insertLabel(id, 'orphan', 'nobody');
  expect(await refusal('set constraints all immediate')).toMatch(/parent_key_fkey/);
});
