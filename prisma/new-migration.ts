// node prisma/new-migration.ts <name>: writes the migration from the committed schema.prisma to the one in the
// working tree. Policies, triggers and deferrable constraints are added to it by hand: a new table of tenants needs
// its policy (see the isolation migration), and a test over the catalogue says so.
import { execFileSync } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { diffSchemas } from './schema-diff.ts';

const name = process.argv[2];
if (!name || !/^[a-z0-9_]+$/.test(name))
  throw new Error('Usage: node prisma/new-migration.ts <name_in_snake_case>');

const schemaFile = path.join(import.meta.dirname, 'schema.prisma');
const committed = execFileSync('git', ['show', 'HEAD:./schema.prisma'], {
  cwd: import.meta.dirname,
  encoding: 'utf8',
});
const sql = await diffSchemas(committed, readFileSync(schemaFile, 'utf8'));
if (!sql) throw new Error('schema.prisma is as it was committed: there is nothing to migrate.');

const stamp = new Date().toISOString().replaceAll(/\D/g, '').slice(0, 14);
const dir = path.join(import.meta.dirname, 'migrations', `${stamp}_${name}`);
mkdirSync(dir, { recursive: true });
writeFileSync(path.join(dir, 'migration.sql'), sql);
process.stdout.write(`${path.join(dir, 'migration.sql')}\n`);
