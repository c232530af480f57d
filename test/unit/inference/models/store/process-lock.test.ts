import { mkdir, readdir, readFile, rm, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { lockDirectory } from '../../../../../src/inference/models/store/process-lock.ts';
import { makeDirectory } from './support/tiny-manifest.ts';

const OTHER_MACHINE = JSON.stringify({ host: 'another-machine', pid: 1, nonce: 'x' });

it('is given to one at a time, in the end to all, and leaves nothing', async () => {
  const directory = await makeDirectory();
  let inside = 0;
  const runs = Array.from({ length: 5 }, async () => {
    await using lock = await lockDirectory(directory);
    expect(++inside).toBe(1);
    await lock.check();
    await readdir(directory);
    inside--;
  });
  await Promise.all(runs);
  expect(await readdir(directory)).toEqual([]);
});

it('is taken from a holder on another machine when that has been silent for long', async () => {
  const directory = await makeDirectory();
  await writeFile(join(directory, '.lock'), OTHER_MACHINE);
  const waits: string[] = [];
  const locked = lockDirectory(directory, { staleMs: 60_000, onWait: (holder) => waits.push(holder) });
  await expect.poll(() => waits).toEqual(['process 1 on another-machine']);
  const longAgo = new Date(Date.now() - 61_000);
  await utimes(join(directory, '.lock'), longAgo, longAgo);
  await using lock = await locked;
  await expect(lock.check()).resolves.toBeUndefined();
});

it('says so where another has taken it over, and does not take it back', async () => {
  const directory = await makeDirectory();
  {
    await using lock = await lockDirectory(directory);
    await writeFile(join(directory, '.lock'), OTHER_MACHINE);
    await expect(lock.check()).rejects.toMatchObject({
      code: 'MODEL_NOT_AVAILABLE',
      message: expect.stringContaining('Another process took'),
    });
  }
  expect(await readFile(join(directory, '.lock'), 'utf8')).toBe(OTHER_MACHINE);
});

it('of a holder that was killed while it wrote is judged by its age', async () => {
  const directory = await makeDirectory();
  const path = join(directory, '.lock');
  await writeFile(path, '{"ho');
  const longAgo = new Date(Date.now() - 61_000);
  await utimes(path, longAgo, longAgo);
  await using lock = await lockDirectory(directory);
  await expect(lock.check()).resolves.toBeUndefined();
});

it('says nothing of a holder that has not written its name yet', async () => {
  const directory = await makeDirectory();
  const path = join(directory, '.lock');
  await writeFile(path, '');
  const waits: string[] = [];
  const locked = lockDirectory(directory, { onWait: (holder) => waits.push(holder) });
  await readdir(directory);
  await writeFile(path, OTHER_MACHINE);
  await expect.poll(() => waits).toEqual(['process 1 on another-machine']);
  await rm(path);
  await using lock = await locked;
  await lock.check();
});

it('is refused with the remedy where the directory cannot be made or written to', async () => {
  const file = join(await makeDirectory(), 'file');
  await writeFile(file, '');
  for (const directory of [file, join(file, 'below'), '/proc/self']) {
    await expect(lockDirectory(directory)).rejects.toMatchObject({
      code: 'MODEL_NOT_AVAILABLE',
      message: expect.stringMatching(/\([A-Z]+\)\. .*TAXOLENS_MODELS_DIR/),
    });
  }
});

it('is refused, and not waited for in vain, where it cannot be read', async () => {
  const directory = await makeDirectory();
  await mkdir(join(directory, '.lock'));
  await expect(lockDirectory(directory)).rejects.toMatchObject({ message: expect.stringContaining('EISDIR') });
});
