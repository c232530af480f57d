import { createServer as createHttpServer } from 'node:http';
import { createServer, type AddressInfo, type Server, type Socket } from 'node:net';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { parseAllowedTargets } from '../../../src/outbound/allowed-targets.ts';
import { network } from '../../../src/outbound/network.ts';
import { createOutbound } from '../../../src/outbound/outbound.ts';

/** The machine's own network, as far as loopback. `name.invalid` is a name that no look-up can find. */
let heard: (text: string) => void = () => {};
const raw = createServer((socket) => {
  socket.on('error', () => {});
  socket.once('data', (bytes) => {
    heard(bytes.toString('latin1'));
    socket.destroy();
  });
});
const web = createHttpServer((request, response) => response.end(request.headers.host));
const { signal } = new AbortController();

beforeAll(async () => {
  for (const server of [raw, web]) {
    await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  }
});
afterAll(async () => {
  for (const server of [raw, web]) await new Promise((closed) => server.close(closed));
});

const portOf = (server: Server) => String((server.address() as AddressInfo).port);

function dial(protocol: string, port: string, addresses: string[]): Promise<Socket> {
  return new Promise((resolve, reject) => {
    const options = { protocol, hostname: 'name.invalid', host: 'name.invalid', port };
    network.dial(options, addresses, (error, socket) => (error ? reject(error) : resolve(socket)));
  });
}

it('connects to the addresses that it is given, and looks no name up again', async () => {
  for (const addresses of [['127.0.0.1'], ['::1', '127.0.0.1']]) {
    const socket = await dial('http:', portOf(raw), addresses);
    expect(socket.remoteAddress).toBe('127.0.0.1');
    socket.destroy();
  }
});

it('does so over TLS, under the name of the URL', async () => {
  const hello = new Promise<string>((resolve) => (heard = resolve));
  await expect(dial('https:', portOf(raw), ['127.0.0.1'])).rejects.toThrow(/disconnected|reset|hang up/);
  expect(await hello).toContain('name.invalid');
});

it('reaches what the operator allows, by address and by a name that only this machine knows', async () => {
  const outbound = createOutbound(parseAllowedTargets('127.0.0.1, localhost'));
  for (const host of ['127.0.0.1', 'localhost']) {
    const url = new URL(`http://${host}:${portOf(web)}/`);
    const { statusCode, body } = await outbound.request(url, { method: 'GET', signal });
    expect([statusCode, await body.text()]).toEqual([200, url.host]);
  }
  await outbound.stop();
});

it('reaches nothing of this machine otherwise', async () => {
  const outbound = createOutbound(parseAllowedTargets(''));
  for (const host of ['127.0.0.1', 'localhost', '[::1]']) {
    const url = new URL(`http://${host}:${portOf(web)}/`);
    await expect(outbound.request(url, { method: 'GET', signal })).rejects.toThrow('not allowed');
  }
  await outbound.stop();
});
