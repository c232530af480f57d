import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import express from 'express';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Explorer, ExplorerState } from '../../../src/explorer/explorer.ts';
import { serveExplorer } from '../../../src/http/explorer-page.ts';

let state: ExplorerState = { kind: 'building' };
const explorer = {
  get state() {
    return state;
  },
} as Explorer;
const server = createServer(express().use(serveExplorer(explorer)));
beforeAll(() => new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve)));
afterAll(() => void server.close());

const open = async () => {
  const response = await fetch(`http://127.0.0.1:${(server.address() as AddressInfo).port}/graphiql`);
  return { response, html: await response.text() };
};

it('says that GraphiQL is being built, and looks again by itself', async () => {
  const { response, html } = await open();
  expect([response.status, response.headers.get('retry-after')]).toEqual([503, '3']);
  expect(html).toContain('is being built');
  expect(html).toContain('<meta http-equiv="refresh" content="3">');
});

it('says that the build failed, and not what it said', async () => {
  state = { kind: 'failed', reason: 'a secret path' };
  const { response, html } = await open();
  expect(response.status).toBe(503);
  expect(html).toContain('could not be built');
  expect(html).not.toMatch(/refresh|secret path/);
  expect(response.headers.get('content-security-policy')).toContain("default-src 'none'");
});
