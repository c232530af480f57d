import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { classify, readExample } from '../support/classify.ts';
import { findChildren } from '../support/leak-guard.ts';
import { until } from '../support/poll.ts';
import { startServer, type RunningServer } from '../support/start-server.ts';

/** Far above what any request needs here; reaching it means that one hangs. */
const HANGING_MS = 60_000;
const WORKERS = 16;
const pictures = ['two-cats.jpg', 'one-dog.jpg', 'one-tiger.jpg', 'two-tigers.webp'].map(readExample);

let server: RunningServer;
beforeAll(async () => {
  server = await startServer();
});
afterAll(() => server.stop());

interface Tally {
  /** Ids of classifications that the server acknowledged. */
  acknowledged: string[];
  /** Codes of errors that the server told. */
  told: string[];
  /** Requests whose connection broke. */
  broken: number;
  hanging: number;
}

/** Keeps some requests in flight until `work` is done and each of them has ended. */
async function underLoad(work: () => Promise<void>): Promise<Tally> {
  const tally: Tally = { acknowledged: [], told: [], broken: 0, hanging: 0 };
  const over = new AbortController();
  const worker = async (first: number) => {
    for (let index = first; !over.signal.aborted; index++)
      await sendOne(pictures[index % pictures.length]!, tally);
  };
  const workers = Array.from({ length: WORKERS }, (_, index) => worker(index));
  await until('requests are answered', () => tally.acknowledged.length >= WORKERS);
  await work();
  over.abort();
  await Promise.all(workers);
  return tally;
}

async function sendOne(picture: Uint8Array<ArrayBuffer>, tally: Tally): Promise<void> {
  try {
    const { payload, errors } = await classify(server, {
      images: [picture],
      taxonomies: ['five-labels'],
      key: server.key,
      signal: AbortSignal.timeout(HANGING_MS),
    });
    const outcome = payload?.results[0]?.outcomes[0];
    if (outcome?.id) tally.acknowledged.push(outcome.id);
    else tally.told.push(outcome?.code ?? errors[0]?.extensions.code ?? 'nothing');
  } catch (error) {
    if ((error as Error).name === 'TimeoutError') tally.hanging++;
    else tally.broken++;
    await until('the server is back', server.isReady, HANGING_MS);
  }
}

/** The child of the API process that runs this part of the source. */
function findChild(part: 'decoder' | 'encoder'): number {
  const isOne = (pid: number) => readFileSync(`/proc/${pid}/cmdline`, 'utf8').includes(`inference/${part}/`);
  return findChildren(server.apiPid()).find(isOne)!;
}

async function expectNothingLost(ids: string[]): Promise<void> {
  for (let start = 0; start < ids.length; start += 100) {
    const { nodes } = await server.graphql<{ nodes: ({ id: string } | null)[] }>(
      'query ($ids: [ID!]!) { nodes(ids: $ids) { id } }',
      { ids: ids.slice(start, start + 100) },
      server.key,
    );
    expect(nodes).not.toContain(null);
  }
}

describe('kill -9 under load', () => {
  it.each(['encoder', 'decoder'] as const)(
    'of an %s costs no request, and another takes its place',
    async (part) => {
      const tally = await underLoad(async () => {
        for (let round = 0; round < 3; round++) {
          const pid = findChild(part);
          const before = performance.now();
          process.kill(pid, 'SIGKILL');
          await until(`another ${part} runs`, () => ![undefined, pid].includes(findChild(part)));
          await until('the server is ready', server.isReady);
          console.log(`${part} killed, ready again after ${(performance.now() - before).toFixed(0)} ms`);
        }
      });
      expect(tally).toMatchObject({ told: [], broken: 0, hanging: 0 });
      await expectNothingLost(tally.acknowledged);
    },
  );

  it('of the whole server breaks its connections, leaves none hanging, and loses nothing acknowledged', async () => {
    const tally = await underLoad(async () => {
      for (let round = 0; round < 2; round++) {
        const pid = server.apiPid();
        const before = performance.now();
        process.kill(pid, 'SIGKILL');
        await until('another server runs', () => ![undefined, pid].includes(server.apiPid()));
        await until('the server is ready', server.isReady, HANGING_MS);
        console.log(`server killed, ready again after ${(performance.now() - before).toFixed(0)} ms`);
      }
    });
    expect(tally).toMatchObject({ told: [], hanging: 0 });
    expect(tally.broken).toBeGreaterThan(0);
    expect(tally.acknowledged.length).toBeGreaterThanOrEqual(WORKERS);
    await expectNothingLost(tally.acknowledged);
  });
});
