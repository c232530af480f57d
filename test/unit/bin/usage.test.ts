import { readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { startNode } from '../../support/child.ts';

const ROOT = path.resolve(import.meta.dirname, '../../..');

// Two, because the bootstrap must answer before anything is installed.
test('the bootstrap and the program show the same usage', async () => {
  const children = ['bin/taxolens.mjs', 'src/main.ts'].map((file) =>
    startNode([path.join(ROOT, file), 'help']),
  );
  await Promise.all(children.map((child) => child.ended));
  const [bootstrap, program] = children.map((child) => child.output());
  expect(bootstrap).toContain('Usage: taxolens <command>');
  expect(program).toBe(bootstrap);
});

test.each(['bin/taxolens.mjs', 'src/main.ts'])('%s shows the version', async (file) => {
  const child = startNode([path.join(ROOT, file), '--version']);
  expect(await child.ended).toBe(0);
  const { version } = JSON.parse(readFileSync(path.join(ROOT, 'package.json'), 'utf8'));
  expect(child.output()).toBe(`${version}\n`);
});
