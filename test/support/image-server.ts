import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface ImageServer {
  /** The URL of a path. */
  url(path: string): string;
  /** How often each path was asked for. */
  asked: Map<string, number>;
  stop(): Promise<void>;
}

/** Serves what `answer` says, on loopback: to be named in `allowedPrivateTargets`. */
export async function startImageServer(
  answer: (path: string, response: ServerResponse) => void,
): Promise<ImageServer> {
  const asked = new Map<string, number>();
  const server = createServer((request, response) => {
    const path = request.url!;
    asked.set(path, (asked.get(path) ?? 0) + 1);
    answer(path, response);
  });
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  const { port } = server.address() as AddressInfo;
  return {
    url: (path) => `http://127.0.0.1:${port}${path}`,
    asked,
    async stop() {
      const closed = new Promise((resolve) => server.close(resolve));
      server.closeAllConnections();
      await closed;
    },
  };
}
