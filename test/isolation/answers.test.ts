import { expect, it, vi } from 'vitest';
import { setUuidSource } from '../../src/ids.ts';
import { seededInteger } from '../support/list-tree.ts';
import { startTestApp, type TestApp } from '../support/start-app.ts';
import { seed } from '../support/seed.ts';
import { Memory, randomOperation, sendOperation, type Operation } from './support/random-operations.ts';

/** ISOLATION_OPERATIONS=10000 makes the long run of it. */
const OPERATIONS = Number(process.env.ISOLATION_OPERATIONS ?? 300);
const START = Date.UTC(2026, 0, 1);
/** The other tenant does as much as the first, one to three operations before each second one of it. */
const STEP_MS = 1_000;

/** Ids of one tenant: in order, and of no other's making. */
function uuidSource(tag: string): () => string {
  let count = 0;
  return () => {
    const time = Date.now().toString(16).padStart(12, '0');
    const rest = (count++).toString(16).padStart(12, '0');
    return `${time.slice(0, 8)}-${time.slice(8)}-7${tag}-8${tag}-${rest}`;
  };
}

interface Turn {
  operation: Operation;
  answer: string;
  /** What the caches and the encoder did for it. */
  counters: Record<string, number>;
}

interface Party {
  key: string;
  memory: Memory;
  source: () => string;
  integer: (below: number) => number;
}

async function createParty(app: TestApp, name: string, tag: string, randomSeed: number): Promise<Party> {
  const source = uuidSource(tag);
  setUuidSource(source);
  const { id, key } = await seed(app).withTenant(name).withTaxonomy(['cat', 'dog']);
  const quotas = { imagesPerMinute: 2, imagesPerMonth: 100_000 };
  await app.graphql(
    'mutation ($input: UpdateTenantInput!) { updateTenant(input: $input) { userErrors { code } } }',
    { input: { id, quotas } },
    app.operatorKey,
  );
  return { key, memory: new Memory(), source, integer: seededInteger(randomSeed) };
}

function countersOf({ services: { inference, matrices } }: TestApp): Record<string, number> {
  const { imagesEncoded, textsEncoded, imageEncoderCalls, textEncoderCalls } = inference.stats();
  const { hits, loads } = matrices.stats();
  return { imagesEncoded, textsEncoded, imageEncoderCalls, textEncoderCalls, hits, loads };
}

async function takeTurn(app: TestApp, party: Party, operation: Operation, requestId: string): Promise<Turn> {
  setUuidSource(party.source);
  const before = countersOf(app);
  const answer = await sendOperation(app.url, operation, { key: party.key, requestId });
  const after = countersOf(app);
  party.memory.learn(answer);
  const counters = Object.fromEntries(
    Object.entries(after).map(([name, count]) => [name, count - before[name]!]),
  );
  return { operation, answer, counters };
}

/** Both tenants act, in turns; the first also tries ids, cursors and names of the other. */
async function actTogether(turns: number): Promise<Turn[]> {
  vi.useFakeTimers({ toFake: ['Date'], now: START });
  const app = await startTestApp();
  try {
    const first = await createParty(app, 'first', 'aaa', 1);
    const second = await createParty(app, 'second', 'bbb', 2);
    const log: Turn[] = [];
    for (let turn = 0; turn < turns; turn += 1) {
      vi.setSystemTime(START + turn * STEP_MS);
      const others = turn % 2 === 0 ? second.integer(3) : 1;
      for (let i = 0; i < others; i += 1) {
        await takeTurn(app, second, randomOperation(second.memory, first.memory, second.integer), `b${turn}`);
      }
      log.push(
        await takeTurn(app, first, randomOperation(first.memory, second.memory, first.integer), `a${turn}`),
      );
    }
    return log;
  } finally {
    vi.useRealTimers();
    await app.stop();
  }
}

/** The first tenant does the same again where there is no other. */
async function actAlone(log: Turn[]): Promise<Turn[]> {
  vi.useFakeTimers({ toFake: ['Date'], now: START });
  const app = await startTestApp();
  try {
    const first = await createParty(app, 'first', 'aaa', 1);
    const alone: Turn[] = [];
    for (const [turn, { operation }] of log.entries()) {
      vi.setSystemTime(START + turn * STEP_MS);
      alone.push(await takeTurn(app, first, operation, `a${turn}`));
    }
    return alone;
  } finally {
    vi.useRealTimers();
    await app.stop();
  }
}

/** That the run has met what it is there for. */
function expectVariety(log: Turn[]): void {
  const count = (pattern: RegExp) => log.filter(({ answer }) => pattern.test(answer)).length;
  const met = {
    ok: count(/"userErrors":\[\]|^200 null\n\{"data":\{"(?!\w+":null)/),
    classified: count(/"__typename":"Classification"/),
    published: count(/"state":"READY"/),
    edited: count(/"draft":\{"revision":(?!1,)/),
    paged: count(/"endCursor":"/),
    nullNode: count(/"node":null/),
    notFound: count(/NOT_FOUND/),
    rateLimited: count(/RATE_LIMITED/),
    conflicts: count(/REVISION_CONFLICT|IDEMPOTENCY_CONFLICT/),
  };
  const counted = log.reduce((sum, { counters }) => sum + counters.hits! + counters.imagesEncoded!, 0);
  console.log(`of ${log.length} answers: ${JSON.stringify(met)}; cache hits and images encoded: ${counted}`);
  expect(Object.entries(met).filter(([, times]) => times === 0)).toEqual([]);
  expect(counted).toBeGreaterThan(0);
}

it(`answers ${OPERATIONS} random operations byte for byte the same whether another tenant exists or not`, async () => {
  const together = await actTogether(OPERATIONS / 2);
  const alone = await actAlone(together);
  for (const [turn, { operation, answer, counters }] of alone.entries()) {
    const { answer: other, counters: otherCounters } = together[turn]!;
    expect({ turn, operation, answer: other, counters: otherCounters }).toEqual({
      turn,
      operation,
      answer,
      counters,
    });
  }
  expectVariety(together);
}, 3_600_000);
