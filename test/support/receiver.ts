import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A request that a receiver has got. */
export interface Received {
  /** Its `webhook-id`. */
  id: string;
  path: string;
  headers: Record<string, string>;
  body: string;
  payload: { type: string; version: number; timestamp: string; data: Record<string, unknown> };
  /** Milliseconds since the epoch. */
  at: number;
}

/** Answers a request, or holds it; without an answer of its own it is 204. */
export type Answer = (received: Received, response: ServerResponse) => void;

export interface Receiver {
  url: string;
  received: Received[];
  /** From now on; undefined: 204. */
  answer: Answer | undefined;
  /** Ends it and whatever it holds. */
  stop(): Promise<void>;
}

/** A consumer of webhooks on loopback, to be named in `allowedPrivateTargets: parseAllowedTargets('127.0.0.1')`. */
export async function startReceiver(): Promise<Receiver> {
  const server = createServer(async (request, response) => {
    const received = await read(request);
    receiver.received.push(received);
    if (receiver.answer) receiver.answer(received, response);
    else response.writeHead(204).end();
  });
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  const { port } = server.address() as AddressInfo;
  const receiver: Receiver = {
    url: `http://127.0.0.1:${port}/`,
    received: [],
    answer: undefined,
    async stop() {
      const closed = new Promise((resolve) => server.close(resolve));
      server.closeAllConnections();
      await closed;
    },
  };
  return receiver;
}

async function read(request: IncomingMessage): Promise<Received> {
  const chunks: Buffer[] = [];
  for await (const chunk of request as AsyncIterable<Buffer>) chunks.push(chunk);
  const body = Buffer.concat(chunks).toString();
  const headers = request.headers as Record<string, string>;
  const payload = JSON.parse(body) as Received['payload'];
  return { id: headers['webhook-id'] ?? '', path: request.url!, headers, body, payload, at: Date.now() };
}
