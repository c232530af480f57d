import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { createClient, typedDocument, type Client } from '../support/built-client.ts';

const COUNT = typedDocument<{ count: number }, { from: number }>(
  'subscription ($from: Int!) { count(from: $from) }',
);

type Answer = (response: ServerResponse) => void;

/** Speaks the protocol as each test needs it: what breaks cannot be asked of a real server. */
let server: Server;
let url: string;
let asked: { path: string; headers: IncomingMessage['headers']; body: string }[];
let answers: Answer[];
let client: Client;
beforeAll(async () => {
  server = createServer(async (request, response) => {
    asked.push({ path: request.url!, headers: request.headers, body: await text(request) });
    (answers.shift() ?? ((to) => to.writeHead(404).end()))(response);
  }).listen(0, '127.0.0.1');
  await new Promise((listening) => server.once('listening', listening));
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(() => void server.close());
beforeEach(() => {
  asked = [];
  answers = [];
  client = createClient({ url, key: 'a key', retries: { attempts: 3 } });
});

const next = (count: number, id?: string) =>
  `${id === undefined ? '' : `id: ${id}\n`}event: next\ndata: {"data":{"count":${count}}}\n\n`;
const COMPLETE = 'event: complete\ndata:\n\n';

/** A stream of these chunks, that then ends, breaks off, or stays open. */
const stream =
  (chunks: (string | Uint8Array)[], after: 'end' | 'break' | 'stay' = 'end'): Answer =>
  async (response) => {
    response.writeHead(200, { 'content-type': 'text/event-stream; charset=utf-8' });
    response.flushHeaders();
    for (const chunk of chunks) await new Promise((sent) => response.write(chunk, sent));
    if (after === 'end') response.end();
    if (after === 'break') response.destroy();
  };
const refuse =
  (status: number, code: string): Answer =>
  (response) => {
    response.writeHead(status, { 'content-type': 'application/json', 'retry-after': '0' });
    response.end(JSON.stringify({ errors: [{ message: 'No.', extensions: { code } }] }));
  };

async function collect(updates: AsyncIterable<{ data: { count: number } }>): Promise<number[]> {
  const counts: number[] = [];
  for await (const { data } of updates) counts.push(data.count);
  return counts;
}

it('asks by POST with the credential, and ends when the server completes it', async () => {
  answers = [stream([next(1), ':\n\n', next(2), COMPLETE], 'stay')];
  expect(await collect(client.subscribe(COUNT, { from: 1 }))).toEqual([1, 2]);
  expect(asked).toHaveLength(1);
  expect(asked[0]).toMatchObject({
    path: '/graphql/stream',
    headers: {
      accept: 'text/event-stream',
      authorization: 'Bearer a key',
      'content-type': 'application/json',
    },
    body: JSON.stringify({ query: String(COUNT), variables: { from: 1 } }),
  });
});

it.each(['\n', '\r\n', '\r'])('reads lines that end in %j, cut at any byte', async (end) => {
  const whole = `\uFEFF: hello\n${next(1)}event: next\ndata: {"data":\ndata: {"count":2}, "x": "猫"}\n\n${COMPLETE}`;
  answers = [stream([...Buffer.from(whole.replaceAll('\n', end))].map((byte) => Uint8Array.of(byte)))];
  expect(await collect(client.subscribe(COUNT, { from: 1 }))).toEqual([1, 2]);
});

it('opens what breaks again, and goes on after the last id', async () => {
  answers = [
    stream([next(1, 'a'), next(2, 'b'), 'event: next\ndata: {"da'], 'break'),
    refuse(503, 'OVERLOADED'),
    stream([next(3)], 'end'),
    stream([next(4, 'd'), COMPLETE]),
  ];
  expect(await collect(client.subscribe(COUNT, { from: 1 }))).toEqual([1, 2, 3, 4]);
  expect(asked.map(({ headers }) => headers['last-event-id'])).toEqual([undefined, 'b', 'b', 'b']);
});

it('comes back no sooner than the server asks for', async () => {
  answers = [stream([next(1), 'retry: 700\n\n']), stream([next(2), COMPLETE])];
  const startedMs = Date.now();
  expect(await collect(client.subscribe(COUNT, { from: 1 }))).toEqual([1, 2]);
  expect(Date.now() - startedMs).toBeGreaterThanOrEqual(695);
});

it('gives ids, by one of which another subscription goes on', async () => {
  answers = [stream([next(1, 'a'), next(2, 'b'), next(3, 'c')], 'stay'), stream([next(3, 'c'), COMPLETE])];
  let last: string | undefined;
  for await (const { id } of client.subscribe(COUNT, { from: 1 })) {
    last = id;
    if (id === 'b') break;
  }
  expect(await collect(client.subscribe(COUNT, { from: 1 }, { lastEventId: last }))).toEqual([3]);
  expect(asked[1]!.headers['last-event-id']).toBe('b');
});

it('gives up where it does not come back, and does not insist where it is refused', async () => {
  answers = [stream([next(1)], 'break'), refuse(503, 'OVERLOADED'), refuse(503, 'OVERLOADED')];
  await expect(collect(client.subscribe(COUNT, { from: 1 }))).rejects.toMatchObject({ code: 'OVERLOADED' });
  answers = [refuse(401, 'UNAUTHENTICATED')];
  await expect(collect(client.subscribe(COUNT, { from: 1 }))).rejects.toMatchObject({
    code: 'UNAUTHENTICATED',
    status: 401,
  });
  const failed =
    'event: next\ndata: {"errors":[{"message":"Revoked.","extensions":{"code":"UNAUTHENTICATED"}}]}\n\n';
  answers = [stream([next(1), failed, COMPLETE])];
  await expect(collect(client.subscribe(COUNT, { from: 1 }))).rejects.toMatchObject({
    code: 'UNAUTHENTICATED',
  });
  await expect(collect(client.subscribe(COUNT, { from: 1 }))).rejects.toMatchObject({
    code: 'NO_ANSWER',
    status: 404,
  });
});

it('closes its connection when the loop ends, and when its signal is aborted', async () => {
  const closed: Promise<unknown>[] = [];
  const open: Answer = (response) => {
    closed.push(new Promise((resolve) => response.once('close', resolve)));
    stream([next(1)], 'stay')(response);
  };
  answers = [open, open];
  for await (const { data } of client.subscribe(COUNT, { from: 1 })) {
    expect(data.count).toBe(1);
    break;
  }
  const stop = new AbortController();
  const aborted = async () => {
    for await (const _ of client.subscribe(COUNT, { from: 1 }, { signal: stop.signal }))
      setImmediate(() => stop.abort(new Error('enough')));
  };
  await expect(aborted()).rejects.toThrow('enough');
  await Promise.all(closed);
  expect(closed).toHaveLength(2);
});

it('gives up a stream that only ever says that the server is overloaded', async () => {
  const overloaded = { errors: [{ message: 'No.', extensions: { code: 'OVERLOADED', retryAfterMs: 0 } }] };
  answers = Array.from({ length: 5 }, () =>
    stream([`event: next\ndata: ${JSON.stringify(overloaded)}\n\n`, COMPLETE]),
  );
  await expect(collect(client.subscribe(COUNT, { from: 1 }))).rejects.toMatchObject({ code: 'OVERLOADED' });
  expect(asked).toHaveLength(3);
});
