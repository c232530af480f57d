import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, test } from 'vitest';

interface FindNodeModule {
  findNode(options?: { projectDir?: string; execPath?: string; version?: string }): string;
}

const url = new URL('../../../bin/bootstrap/find-node.mjs', import.meta.url).href;
const { findNode } = (await import(url)) as FindNodeModule;
const emptyProject = path.join(tmpdir(), 'no-such-project');

test('takes the Node that the lock file brought', () => {
  expect(findNode({ execPath: '/old/node', version: 'v18.0.0' })).toMatch(/node_modules.*node(\.exe)?$/);
});

test('takes the Node that runs it where none was brought, if it is new enough', () => {
  expect(findNode({ projectDir: emptyProject, execPath: '/new/node', version: 'v24.0.0' })).toBe('/new/node');
});

test('says which Node to install where neither will do', () => {
  const old = { projectDir: emptyProject, execPath: '/old/node', version: 'v20.9.0' };
  expect(() => findNode(old)).toThrow(/yours is v20\.9\.0: install Node 24 or newer/);
});
