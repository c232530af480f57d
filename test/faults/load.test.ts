import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { bestOf, classify, readExample } from '../support/classify.ts';
import { startNode } from '../support/child.ts';
import { until } from '../support/poll.ts';
import { startServer, type RunningServer } from '../support/start-server.ts';

const CONCURRENT = 200;
const MAX_ADDED_DELAY_MS = 20;
const MAX_ROUNDS = 6;

/** Each kind of request, and the outcome that each of its images must have. */
const KINDS: { images: Uint8Array<ArrayBuffer>[]; expected: string[][] }[] = [
  { images: [readExample('two-cats.jpg')], expected: [['two-cats']] },
  { images: [readExample('one-dog.jpg')], expected: [['one-dog']] },
  {
    images: [readExample('one-tiger.jpg'), readExample('one-cat.png')],
    expected: [['one-tiger'], ['one-cat']],
  },
  { images: [readExample('two-tigers.webp')], expected: [['two-tigers']] },
  { images: [readExample('one-dog.jpg').slice(0, 9_000)], expected: [['IMAGE_CORRUPT']] },
  {
    images: [new TextEncoder().encode('<svg xmlns="http://www.w3.org/2000/svg"/>')],
    expected: [['IMAGE_UNSUPPORTED']],
  },
  { images: [new Uint8Array(0), readExample('one-cat.png')], expected: [['IMAGE_CORRUPT'], ['one-cat']] },
  { images: [new Uint8Array(20_000).fill(7)], expected: [['IMAGE_UNSUPPORTED']] },
];

/** An otherwise idle process: what the machine itself adds to the delay of an event loop. Prints milliseconds. */
const IDLE = `
  const { monitorEventLoopDelay } = require('node:perf_hooks');
  const delay = monitorEventLoopDelay({ resolution: 10 });
  delay.enable();
  process.on('SIGUSR2', () => { delay.disable(); console.log('p99=' + delay.percentile(99) / 1e6); process.exit(); });
  setInterval(() => {}, 1000);
  console.log('idling');
`;

let server: RunningServer;
beforeAll(async () => {
  server = await startServer();
});
afterAll(() => server.stop());

async function send({ images, expected }: (typeof KINDS)[number]) {
  const { status, payload, errors } = await classify(server, {
    images,
    taxonomies: ['five-labels'],
    key: server.key,
    signal: AbortSignal.timeout(120_000),
  });
  return {
    got: { status, errors, best: payload && bestOf(payload) },
    expected: { status: 200, errors: [], best: expected },
  };
}

/**
 * Whether the event loop was in time in one round of all requests. A machine that makes an idle process late makes one
 * that works late by as much again: it waits for its turn both before and while it works.
 */
async function measureRound(): Promise<boolean> {
  const idle = startNode(['-e', IDLE]);
  onTestFinished(() => void idle.process.kill('SIGKILL')); // also where the test ran out of time
  await until('the idle process idles', () => idle.output().includes('idling'));
  await server.metrics(); // the delay is counted from one look to the next

  const answers = await Promise.all(
    Array.from({ length: CONCURRENT }, (_, index) => send(KINDS[index % KINDS.length]!)),
  );

  const metrics = await server.metrics();
  idle.process.kill('SIGUSR2');
  await idle.ended;
  for (const { got, expected } of answers) expect(got).toEqual(expected);
  const loadedMs = Number(/^nodejs_eventloop_lag_p99_seconds (\S+)/m.exec(metrics)![1]) * 1_000;
  const idleMs = Number(/p99=(\S+)/.exec(idle.output())![1]);
  console.log(`event loop delay, p99: ${loadedMs.toFixed(1)} ms under load, ${idleMs.toFixed(1)} ms idle`);
  return loadedMs - idleMs <= Math.max(MAX_ADDED_DELAY_MS, idleMs);
}

describe('200 requests at once, good and broken images mixed', () => {
  it('each get what is theirs, while the event loop stays free', async () => {
    await Promise.all(KINDS.map(send)); // what is compiled at its first use is compiled now
    // The best of some rounds: what else runs on the machine can spoil one, and a busy loop spoils them all.
    let inTime = false;
    for (let round = 0; round < MAX_ROUNDS && !inTime; round++) inTime = await measureRound();
    expect(inTime).toBe(true);
  }, 400_000);
});
