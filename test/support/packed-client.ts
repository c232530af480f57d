import { execFile } from 'node:child_process';
import { cpSync, globSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);
const ROOT = resolve(import.meta.dirname, '../..');

export interface Project {
  path: string;
  remove(): void;
}

/** A project of somebody else: the client is installed from what `npm pack` makes, beside the programs of examples/. */
export async function makeProject(): Promise<Project> {
  const path = mkdtempSync(join(tmpdir(), 'taxolens-project-'));
  for (const file of globSync('*.{sh,mjs,py,ts,jpg,png}', { cwd: resolve(ROOT, 'examples') })) {
    cpSync(resolve(ROOT, 'examples', file), join(path, file));
  }
  writeFileSync(join(path, 'package.json'), '{ "private": true, "type": "module" }');
  const pack = ['pack', resolve(ROOT, 'packages/client'), '--silent', '--ignore-scripts'];
  const { stdout } = await run('npm', pack, { cwd: path });
  const install = [
    'install',
    `./${stdout.trim()}`,
    '--offline',
    '--ignore-scripts',
    '--no-audit',
    '--no-fund',
  ];
  await run('npm', install, { cwd: path });
  return { path, remove: () => rmSync(path, { recursive: true }) };
}
