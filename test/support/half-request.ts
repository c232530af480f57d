import { connect, type Socket } from 'node:net';

/** A request whose client decides how much of it comes, and when. */
export interface HalfRequest {
  socket: Socket;
  /** Whatever was answered so far. */
  answer(): string;
  closed: Promise<void>;
}

export interface HalfRequestOptions {
  url: string;
  key: string;
  /** The body's first bytes; the rest never comes. */
  body: string | Uint8Array;
  /** As announced; null: it comes in chunks, which `body` is one of. */
  contentLength: number | null;
  contentType?: string;
}

/** Sends the head of an upload, or of another body, and its first bytes. */
export function startUpload(options: HalfRequestOptions): HalfRequest {
  const { url, key, body, contentLength, contentType = 'multipart/form-data; boundary=x' } = options;
  const socket = connect(Number(new URL(url).port), '127.0.0.1');
  let text = '';
  socket.setEncoding('utf8').on('data', (chunk: string) => (text += chunk));
  socket.on('error', () => {}); // the server may cut it off
  const head = [
    'POST /graphql HTTP/1.1',
    'Host: x',
    `Authorization: Bearer ${key}`,
    `Content-Type: ${contentType}`,
    'Apollo-Require-Preflight: 1',
    contentLength === null ? 'Transfer-Encoding: chunked' : `Content-Length: ${contentLength}`,
  ];
  socket.write(`${head.join('\r\n')}\r\n\r\n`);
  socket.write(body);
  return {
    socket,
    answer: () => text,
    closed: new Promise((resolve) => socket.once('close', () => resolve())),
  };
}

/** One field of a form with the boundary `x`. */
export function formField(name: string, text: string): string {
  return `--x\r\nContent-Disposition: form-data; name="${name}"\r\n\r\n${text}\r\n`;
}

/** The head of one file of a form with the boundary `x`; its bytes and `\r\n` follow. */
export function fileHead(name: string): string {
  return `--x\r\nContent-Disposition: form-data; name="${name}"; filename="f"\r\n\r\n`;
}
