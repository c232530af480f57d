import { openGraph } from '../support/reference.ts';

/** One encoder of speeds.ts: a process with one thread, as a server's are. */
export interface Opened {
  file: string;
  side: number;
}

/** Encodes for so long, one image at a time, and answers with images a second. */
export interface Round {
  ms: number;
}

let encode: (() => Promise<unknown>) | undefined;

process.on('message', async (message: Opened | Round) => {
  if ('file' in message) {
    const graph = await openGraph(message.file, message);
    const picture = new Uint8Array(message.side ** 2 * 3).map((_, i) => (i * 7919) % 251);
    encode = () => graph.images([picture]);
    await encode(); // the first run allocates
    process.send!('open');
    return;
  }
  const startedAt = performance.now();
  let images = 0;
  while (performance.now() - startedAt < message.ms) {
    await encode!();
    images++;
  }
  process.send!((images * 1000) / (performance.now() - startedAt));
});
