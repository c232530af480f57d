import { existsSync, readFileSync } from 'node:fs';
import { mkdir, mkdtemp, rm, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { startNode } from '../../support/child.ts';

const INSTALL_MODULE = new URL('../../../bin/bootstrap/install.mjs', import.meta.url).href;

let projectDir: string;

beforeEach(async () => {
  projectDir = await mkdtemp(path.join(tmpdir(), 'taxolens-install-'));
  await writeLock('1.0.0');
  await writeFakeNpm(`writeFileSync('node_modules/.package-lock.json', readFileSync('package-lock.json'));`);
});

afterEach(() => rm(projectDir, { recursive: true, force: true }));

test('installs at the first start, and not at the second', async () => {
  expect(await install()).toEqual({
    code: 0,
    output: expect.stringContaining('first start, about a minute'),
  });
  expect(await install()).toEqual({ code: 0, output: '' });
  expect(npmRuns()).toEqual(['ci --include=optional']);
});

test('installs again when the lock file changed', async () => {
  await install();
  await writeLock('2.0.0');
  expect((await install()).output).toContain('Installing changed dependencies');
  expect(npmRuns()).toHaveLength(2);
});

test('installs nothing after an npm ci by hand', async () => {
  await writeNpmsOwnList({
    'node_modules/a': { version: '1.0.0' },
    'node_modules/tool': { version: '1.0.0', dev: true },
  });
  expect(await install('{ dev: true }')).toEqual({ code: 0, output: '' });
  expect(npmRuns()).toEqual([]);
});

test('asks for the tools of the tests only where they are needed', async () => {
  await writeNpmsOwnList({ 'node_modules/a': { version: '1.0.0' } });
  await install();
  expect(npmRuns()).toEqual([]);
  await install('{ dev: true }');
  expect(npmRuns()).toEqual(['ci --include=optional --include=dev']);
});

test('two starts at once install once', async () => {
  await writeFakeNpm(`
    await new Promise((resolve) => setTimeout(resolve, 300));
    writeFileSync('node_modules/.package-lock.json', readFileSync('package-lock.json'));`);
  const results = await Promise.all([install(), install()]);
  expect(results.map(({ code }) => code)).toEqual([0, 0]);
  expect(npmRuns()).toHaveLength(1);
});

test('the lock of a dead process holds nobody up', async () => {
  const dead = startNode(['-e', '']);
  await dead.ended;
  await mkdir(path.join(projectDir, '.taxolens'));
  const lock = path.join(projectDir, '.taxolens', 'install.lock');
  await writeFile(lock, String(dead.process.pid));
  expect((await install()).code).toBe(0);

  // The same number, given to a process of today: it does not touch the file.
  await writeLock('3.0.0');
  await writeFile(lock, String(process.pid));
  await utimes(lock, new Date(0), new Date(0));
  expect((await install()).code).toBe(0);
  expect(existsSync(lock)).toBe(false);
});

test('a failing npm is reported with what to do, and tried again at the next start', async () => {
  await writeFakeNpm(`console.error('no space left'); process.exit(3);`);
  const { code, output } = await install();
  expect(code).toBe(1);
  expect(output).toContain('no space left');
  expect(output).toContain(`npm ci failed (3)`);
  expect(output).toContain(`run "npm ci" in ${projectDir}`);
  await install();
  expect(npmRuns()).toHaveLength(2);
});

async function install(options = '{}'): Promise<{ code: unknown; output: string }> {
  const script = `
    import { ensureInstalled } from ${JSON.stringify(INSTALL_MODULE)};
    import { main } from ${JSON.stringify(INSTALL_MODULE.replace('install.mjs', 'main.mjs'))};
    await main(() => ensureInstalled({ projectDir: ${JSON.stringify(projectDir)}, ...${options} }).then(() => 0));`;
  const child = startNode(['--input-type=module', '-e', script], {
    npm_execpath: path.join(projectDir, 'npm-cli.js'),
  });
  return { code: await child.ended, output: child.output() };
}

async function writeLock(version: string): Promise<void> {
  const packages = {
    '': { name: 'project' },
    'node_modules/a': { version },
    'node_modules/other-system': { version, optional: true },
    'node_modules/tool': { version, dev: true },
  };
  await writeFile(path.join(projectDir, 'package-lock.json'), JSON.stringify({ packages }));
}

async function writeNpmsOwnList(packages: object): Promise<void> {
  await mkdir(path.join(projectDir, 'node_modules'));
  await writeFile(path.join(projectDir, 'node_modules', '.package-lock.json'), JSON.stringify({ packages }));
}

/** Stands for npm: notes how it was called, then does as told. */
async function writeFakeNpm(work: string): Promise<void> {
  await writeFile(path.join(projectDir, 'package.json'), '{ "type": "module" }');
  await writeFile(
    path.join(projectDir, 'npm-cli.js'),
    `import { appendFileSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
     appendFileSync('npm-runs', process.argv.slice(2).join(' ') + '\\n');
     mkdirSync('node_modules', { recursive: true });
     ${work}`,
  );
}

function npmRuns(): string[] {
  const file = path.join(projectDir, 'npm-runs');
  return existsSync(file) ? readFileSync(file, 'utf8').trim().split('\n') : [];
}
