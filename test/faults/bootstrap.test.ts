import { existsSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { startNode, type WatchedChild } from '../support/child.ts';
import { until } from '../support/poll.ts';

const RUN_MODULE = new URL('../../bin/bootstrap/run.mjs', import.meta.url).href;

let dir: string;
let started: WatchedChild[];

beforeEach(async () => {
  dir = await mkdtemp(path.join(tmpdir(), 'taxolens-bootstrap-'));
  started = [];
});

afterEach(async () => {
  for (const child of started) child.process.kill('SIGKILL');
  await rm(dir, { recursive: true, force: true });
});

/** Writes a script, and beside it a bootstrap that runs it as bin/taxolens.mjs does. Returns the bootstrap's path. */
async function writeBootstrap(script: string, options: string): Promise<string> {
  const scriptFile = path.join(dir, 'script.mjs');
  const bootstrapFile = path.join(dir, 'bootstrap.mjs');
  await writeFile(scriptFile, script);
  await writeFile(
    bootstrapFile,
    `import { run } from ${JSON.stringify(RUN_MODULE)};
     const options = { node: process.execPath, ...${options} };
     process.exitCode = await run(${JSON.stringify(scriptFile)}, ['one', 'two'], options);`,
  );
  return bootstrapFile;
}

async function startBootstrap(script: string, options = '{}'): Promise<WatchedChild> {
  const child = startNode([await writeBootstrap(script, options)]);
  started.push(child);
  return child;
}

const STAYS_UNTIL_TOLD = `
  process.on('SIGTERM', () => { console.log('told to stop'); process.exit(3); });
  setInterval(() => {}, 1000);
  console.log('running');`;

/** Crashes twice, counting in a file, then stays. */
const CRASHES_TWICE = (file: string) => `
  import fs from 'node:fs';
  fs.appendFileSync(${JSON.stringify(file)}, 'x');
  if (fs.readFileSync(${JSON.stringify(file)}, 'utf8').length < 3) process.kill(process.pid, 'SIGKILL');
  ${STAYS_UNTIL_TOLD}`;

const FAST = '{ restart: true, backoff: { firstMs: 20, mostMs: 30, healthyMs: 60000 } }';

test('hands on the arguments and the exit code', async () => {
  const child = await startBootstrap(`console.log(process.argv.slice(2).join('+')); process.exit(7);`);
  expect(await child.ended).toBe(7);
  expect(child.output()).toBe('one+two\n');
});

test('passes SIGTERM to the script once and ends with its exit code', async () => {
  const child = await startBootstrap(STAYS_UNTIL_TOLD, '{ restart: true }');
  await until('running', () => child.output().includes('running'));
  child.process.kill('SIGTERM');
  child.process.kill('SIGTERM');
  expect(await child.ended).toBe(3);
  expect(child.output()).toBe('running\ntold to stop\n');
});

test('stops the script when its own parent is killed', async () => {
  const told = JSON.stringify(path.join(dir, 'told'));
  const script = `import fs from 'node:fs';
    process.on('SIGTERM', () => { fs.writeFileSync(${told}, ''); process.exit(0); });
    setInterval(() => {}, 1000);
    console.log('running');`;
  const bootstrapFile = await writeBootstrap(script, '{}');
  // Stands for npm.
  const spawning = `spawn(process.execPath, [${JSON.stringify(bootstrapFile)}], { stdio: 'inherit' })`;
  const parent = startNode([
    '--input-type=module',
    '-e',
    `import { spawn } from 'node:child_process'; ${spawning}`,
  ]);
  started.push(parent);
  await until('running', () => parent.output().includes('running'));
  parent.process.kill('SIGKILL');
  expect(await until('the script was told', () => existsSync(path.join(dir, 'told')))).toBe(true);
});

test('starts a crashed script again, after a growing delay', async () => {
  const child = await startBootstrap(CRASHES_TWICE(path.join(dir, 'count')), FAST);
  await until('running', () => child.output().includes('running'));
  expect(child.output()).toMatch(/exit code 137.*in 0\.02 s\.\n.*exit code 137.*in 0\.03 s\.\n/);
  child.process.kill('SIGTERM');
  expect(await child.ended).toBe(3);
});

test('leaves a script alone that ended well or complains of its command line or configuration', async () => {
  for (const code of [0, 64, 78]) {
    const child = await startBootstrap(`console.log('once'); process.exit(${code});`, FAST);
    expect(await child.ended).toBe(code);
    expect(child.output()).toBe('once\n');
  }
});

test('does not start again once it was told to stop', async () => {
  const slow = '{ restart: true, backoff: { firstMs: 600000, mostMs: 600000, healthyMs: 60000 } }';
  const child = await startBootstrap('process.exit(1);', slow);
  await until('the crash is reported', () => child.output().includes('600 s'));
  child.process.kill('SIGINT');
  expect(await child.ended).toBe(1);
});

test('an unknown command is refused before anything is installed', async () => {
  const child = startNode([path.resolve(import.meta.dirname, '../../bin/taxolens.mjs'), 'nonsense']);
  expect(await child.ended).toBe(64);
  expect(child.output()).toContain("There is no command 'nonsense'.");
});
