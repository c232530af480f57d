import type { Client } from './client.ts';
import type { FragileDatabase } from './outage.ts';
import { until } from './poll.ts';

export interface RestartOptions {
  database: FragileDatabase;
  server: Client;
  key: string;
  /** Every second one is a crash (kill -9), the others are orderly. */
  restarts: number;
  /** At least so many are acknowledged, spread over the restarts. */
  writes: number;
}

export interface RestartOutcome {
  restarts: number;
  acknowledged: number;
  /** Refused with a code. */
  refused: number;
  untyped: string[];
  /** Acknowledged, and not there in the end. */
  lost: string[];
  /** From the moment when the database took connections to the next acknowledged write. */
  recoveryMs: { median: number; most: number };
}

const WRITERS = 8;
const CREATE = 'mutation ($name: String!) { createTaxonomy(input: { name: $name }) { taxonomy { id } } }';
const FIND = 'query ($name: String!) { taxonomy(by: { name: $name }) { name } }';

let runs = 0;

/** Writes all the time while the database is restarted, then looks for everything that was acknowledged. */
export async function writeThroughRestarts(options: RestartOptions): Promise<RestartOutcome> {
  const { database, server, key, restarts, writes } = options;
  const run = `run ${++runs}`;
  const acknowledged: string[] = [];
  const untyped: string[] = [];
  const over = new AbortController();
  let refused = 0;
  const writer = async (index: number) => {
    for (let number = 0; !over.signal.aborted; number++) {
      const name = `${run} ${index}-${number}`;
      const { data, errors } = await server.send({ query: CREATE, variables: { name }, key });
      if (data?.createTaxonomy) acknowledged.push(name);
      else if (errors[0]?.extensions.code === 'OVERLOADED') refused++;
      else untyped.push(JSON.stringify(errors));
    }
  };
  const writers = Array.from({ length: WRITERS }, (_, index) => writer(index));
  const recoveries: number[] = [];
  for (let restart = 1; restart <= restarts; restart++) {
    const wanted = (writes * restart) / restarts;
    await until('enough is acknowledged', () => acknowledged.length >= wanted, 120_000);
    await (restart % 2 === 0 ? database.crash() : database.stop().then(() => database.start()));
    recoveries.push(await untilMore(acknowledged));
  }
  over.abort();
  await Promise.all(writers);
  const lost = await findLost(server, key, acknowledged);
  const sorted = recoveries.toSorted((a, b) => a - b);
  const recoveryMs = { median: sorted[Math.floor(sorted.length / 2)]!, most: sorted.at(-1)! };
  return { restarts, acknowledged: acknowledged.length, refused, untyped, lost, recoveryMs };
}

async function untilMore(acknowledged: string[]): Promise<number> {
  const startedAt = performance.now();
  const before = acknowledged.length;
  await until('a write is acknowledged', () => acknowledged.length > before, 60_000);
  return Math.round(performance.now() - startedAt);
}

async function findLost(server: Client, key: string, names: string[]): Promise<string[]> {
  const lost: string[] = [];
  for (const name of names) {
    const { taxonomy } = await server.graphql<{ taxonomy: object | null }>(FIND, { name }, key);
    if (!taxonomy) lost.push(name);
  }
  return lost;
}
