import type { RequestListener } from 'node:http';
import { connect, type Socket } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { listen, type Listening, type ListenOptions } from '../../../src/http/listen.ts';

let server: Listening;
let sockets: Socket[] = [];
afterEach(async () => {
  for (const socket of sockets) socket.destroy();
  sockets = [];
  await server.stop();
});

async function start(handle: RequestListener, options: Partial<ListenOptions> = {}): Promise<void> {
  server = await listen({ host: '127.0.0.1', port: 0, ...options });
  server.serve(handle, () => {});
}

/** Sends bytes on a connection of its own. */
function send(bytes: string): { socket: Socket; answer: Promise<string> } {
  const socket = connect(Number(new URL(server.url).port), '127.0.0.1');
  sockets.push(socket);
  let text = '';
  socket.setEncoding('utf8').on('data', (chunk: string) => (text += chunk));
  socket.on('error', () => {}); // the server may cut it off
  socket.write(bytes);
  return { socket, answer: new Promise((resolve) => socket.once('close', () => resolve(text))) };
}

describe('a client', () => {
  it('that does not read its answer is cut off', async () => {
    const closed = Promise.withResolvers<boolean>();
    await start(
      (_, response) => {
        response.once('close', () => closed.resolve(response.writableFinished));
        response.end(Buffer.alloc(50_000_000));
      },
      { silenceMs: 100 },
    );
    const { socket } = send('GET / HTTP/1.1\r\nHost: x\r\n\r\n');
    socket.pause();
    expect(await closed.promise).toBe(false);
  });

  it('that is still served when the grace is over is cut off', async () => {
    const came = Promise.withResolvers<void>();
    await start(() => came.resolve(), { graceMs: 50 });
    const { answer } = send('GET / HTTP/1.1\r\nHost: x\r\n\r\n');
    await came.promise;
    await server.stop();
    expect(await answer).toBe('');
  });

  it('that sends nonsense after a request gets no answer that it could take for that of the request', async () => {
    await start(() => {});
    const { answer } = send('GET / HTTP/1.1\r\nHost: x\r\n\r\nnonsense\r\n\r\n');
    expect(await answer).toBe('');
  });
});

describe('the target of a request', () => {
  const echo: RequestListener = ({ url }, response) => response.end(url);
  const get = async (target: string) =>
    (await send(`GET ${target} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n`).answer).split('\r\n\r\n');

  it('may be a whole URL, of which the path counts', async () => {
    await start(echo, { basePath: '/base' });
    expect((await get('http://x/base/a?b=c'))[1]).toContain('/a?b=c');
    expect((await get('http://x/other'))[0]).toContain('404');
  });

  it('is refused with JSON where it is neither', async () => {
    await start(echo);
    const [head, body] = await get('http://[/graphql');
    expect(head).toMatch(/^HTTP\/1.1 400 .*application\/json; charset=utf-8/s);
    expect(head).toContain('X-Content-Type-Options: nosniff');
    expect(JSON.parse(body!)).toMatchObject({ errors: [{ extensions: { code: 'INVALID_INPUT' } }] });
  });
});
