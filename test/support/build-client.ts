import { execFileSync } from 'node:child_process';
import { rmSync } from 'node:fs';
import { resolve } from 'node:path';

const ROOT = resolve(import.meta.dirname, '../..');

/** Vitest's global setup: the tests of the client run on what `npm run build:client` makes. */
export default function setup(): void {
  rmSync(resolve(ROOT, 'packages/client/dist'), { recursive: true, force: true });
  const compiler = resolve(ROOT, 'node_modules/typescript/bin/tsc');
  execFileSync(process.execPath, [compiler, '-p', 'packages/client'], { cwd: ROOT, stdio: 'inherit' });
}
