import { readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { diffSchemas } from '../../../prisma/schema-diff.ts';
import { createTestDatabase, withClient } from '../../support/database.ts';

const ROOT = path.resolve(import.meta.dirname, '../../..');
const schema = readFileSync(path.join(ROOT, 'prisma/schema.prisma'), 'utf8');

/** All that schema.prisma can say about a database, a line each. */
const SHAPE = `
  select format('%s.%s %s %s %s', table_name, column_name, udt_name, is_nullable, column_default) as line
    from information_schema.columns where table_schema = 'public' and table_name <> '_prisma_migrations'
  union all select indexdef from pg_indexes where schemaname = 'public' and tablename <> '_prisma_migrations'
  union all select conrelid::regclass || ' ' || replace(pg_get_constraintdef(oid), ' DEFERRABLE INITIALLY DEFERRED', '')
    from pg_constraint where connamespace = 'public'::regnamespace and contype in ('p', 'u', 'f')
      and conrelid::regclass::text <> '_prisma_migrations'
  union all select enumtypid::regtype || ' ' || enumlabel || ' ' || enumsortorder from pg_enum
    where enumtypid in (select oid from pg_type where typnamespace = 'public'::regnamespace)
  order by 1`;

async function shapeOf(url: string): Promise<string[]> {
  return withClient(url, async (client) => (await client.query(SHAPE)).rows.map(({ line }) => line));
}

test('the migrations make the database that schema.prisma describes', async () => {
  const migrated = await createTestDatabase();
  const described = await createTestDatabase({ migrated: false });
  const sql = await diffSchemas(null, schema);
  await withClient(described.ownerUrl, (client) => client.query(sql));

  const expected = await shapeOf(described.ownerUrl);
  expect(expected.length).toBeGreaterThan(100);
  expect(await shapeOf(migrated.ownerUrl)).toEqual(expected);
  await migrated.drop();
  await described.drop();
});

test('the comparison notices an added field', async () => {
  const changed = schema.replace('model Tenant {', 'model Tenant {\n  colour String?');
  expect(await diffSchemas(schema, changed)).toContain('ADD COLUMN     "colour" TEXT');
  expect(await diffSchemas(schema, schema)).toBe('');
});

test('the Prisma client was generated from this schema', () => {
  const generated = readFileSync(path.join(ROOT, 'src/database/generated/internal/class.ts'), 'utf8');
  const inlineSchema = /"inlineSchema": ("(?:[^"\\]|\\.)*")/.exec(generated)?.[1] ?? '""';
  expect(JSON.parse(inlineSchema)).toBe(schema);
});
