// node test/faults/support/load-client.ts '<LoadOrder as JSON>': sends load from a process of its own, prints a LoadReport.
import { readFileSync } from 'node:fs';
import { Agent, request } from 'node:http';
import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';

export interface LoadOrder {
  url: string;
  /** Sent in turn, one a request. */
  keys: string[];
  taxonomy: string;
  seconds: number;
  /** Requests a second whatever the answers (open loop), at random times. */
  rate?: number;
  /** Answers to what is sent in these first seconds do not count among the times. Default: 0. */
  settleSeconds?: number;
  /** Or so many at a time, each as soon as the one before it is answered (closed loop). */
  concurrency?: number;
}

export interface LoadReport {
  sent: number;
  seconds: number;
  /** By what came: `OK`, an error's code, or `TRANSPORT <what broke>`. */
  outcomes: Record<string, number>;
  /** Refusals without Retry-After, retryAfterMs or the status that belongs to them. */
  malformed: number;
  /** HTTP answers by status. */
  statuses: Record<string, number>;
  /** Of answers that are OK, in ms. */
  latencyMs: { p50: number; p99: number; max: number };
  /** Of refusals, in ms. */
  refusalMs: { p50: number; p99: number; max: number };
}

const QUERY = `mutation ($image: Upload!, $taxonomy: String!) {
  classifyImages(input: { images: [{ source: { upload: $image } }], taxonomies: [{ by: { name: $taxonomy } }] }) {
    results { outcomes { __typename ... on Classification { id top { label { key } score } } } } userErrors { code }
  }
}`;
const BOUNDARY = 'load-client-boundary';

function makeBody(taxonomy: string): Buffer {
  const picture = readFileSync(resolve(import.meta.dirname, '../../../examples/one-cat.png'));
  const operations = JSON.stringify({ query: QUERY, variables: { image: null, taxonomy } });
  const part = (name: string, extra = '') =>
    `--${BOUNDARY}\r\nContent-Disposition: form-data; name="${name}"${extra}\r\n`;
  return Buffer.concat([
    Buffer.from(`${part('operations')}\r\n${operations}\r\n${part('map')}\r\n{"0":["variables.image"]}\r\n`),
    Buffer.from(`${part('0', '; filename="one-cat.png"')}Content-Type: image/png\r\n\r\n`),
    picture,
    Buffer.from(`\r\n--${BOUNDARY}--\r\n`),
  ]);
}

interface Answer {
  outcome: string;
  status: number;
  isMalformed: boolean;
  ms: number;
}

function sendOne(url: URL, key: string, { body, agent }: { body: Buffer; agent: Agent }): Promise<Answer> {
  const startedAt = performance.now();
  return new Promise((done) => {
    const fail = (error: Error & { code?: string }) => {
      const outcome = `TRANSPORT ${error.code ?? error.message}`;
      done({ outcome, status: 0, isMalformed: false, ms: performance.now() - startedAt });
    };
    const headers = {
      authorization: `Bearer ${key}`,
      'apollo-require-preflight': 'true',
      'content-type': `multipart/form-data; boundary=${BOUNDARY}`,
      'content-length': body.length,
    };
    const outgoing = request(url, { method: 'POST', headers, agent }, (response) => {
      const chunks: Buffer[] = [];
      response.on('data', (chunk: Buffer) => chunks.push(chunk)).on('error', fail);
      response.on('end', () => {
        const ms = performance.now() - startedAt;
        const status = response.statusCode!;
        const text = Buffer.concat(chunks).toString();
        done({ ...judge(text, status, response.headers['retry-after']), status, ms });
      });
    });
    outgoing.on('error', fail);
    outgoing.end(body);
  });
}

/** A success, or a refusal that says what it is and when to come back. */
function judge(
  text: string,
  status: number,
  retryAfter: string | undefined,
): Pick<Answer, 'outcome' | 'isMalformed'> {
  const { data, errors } = JSON.parse(text) as {
    data?: { classifyImages?: { results: { outcomes: { id?: string }[] }[] } };
    errors?: { extensions: { code: string; retryAfterMs?: number } }[];
  };
  if (data?.classifyImages?.results[0]?.outcomes[0]?.id)
    return { outcome: 'OK', isMalformed: status !== 200 };
  const { code = 'UNTYPED', retryAfterMs } = errors?.[0]?.extensions ?? {};
  const expected = { OVERLOADED: 503, RATE_LIMITED: 429 }[code];
  return {
    outcome: code,
    isMalformed: status !== expected || !(retryAfterMs! > 0) || !(Number(retryAfter) > 0),
  };
}

/** Runs an order to its last answer. */
export async function sendLoad(order: LoadOrder): Promise<LoadReport> {
  const url = new URL('/graphql', order.url);
  const wire = { body: makeBody(order.taxonomy), agent: new Agent({ keepAlive: true, scheduling: 'fifo' }) };
  const pending: Promise<Answer>[] = [];
  let settled = 0;
  const send = () => {
    const answer = sendOne(url, order.keys[pending.length % order.keys.length]!, wire);
    pending.push(answer);
    if (performance.now() < settledAt) settled = pending.length;
    return answer;
  };
  const startedAt = performance.now();
  const settledAt = startedAt + (order.settleSeconds ?? 0) * 1000;
  const endsAt = startedAt + order.seconds * 1000;
  if (order.rate !== undefined) await sendAtRate(send, order.rate, endsAt);
  else {
    const loop = async () => {
      while (performance.now() < endsAt) await send();
    };
    await Promise.all(Array.from({ length: order.concurrency ?? 1 }, loop));
  }
  const answers = await Promise.all(pending);
  const seconds = (performance.now() - startedAt) / 1000;
  wire.agent.destroy();
  return report(answers, { seconds, settled });
}

/** Poisson arrivals: the times are drawn, not waited for, so that a late timer sends what is due. */
function sendAtRate(send: () => void, rate: number, endsAt: number): Promise<void> {
  return new Promise((done) => {
    let dueAt = performance.now();
    const tick = () => {
      const now = performance.now();
      while (dueAt <= now && dueAt < endsAt) {
        send();
        dueAt -= (Math.log(1 - Math.random()) / rate) * 1000;
      }
      if (dueAt >= endsAt) done();
      else setTimeout(tick, Math.max(0, dueAt - performance.now()));
    };
    tick();
  });
}

/** `settled`: how many of the first answers do not count among the times. */
function report(answers: Answer[], { seconds, settled }: { seconds: number; settled: number }): LoadReport {
  const countBy = (nameOf: (answer: Answer) => string) => {
    const counts: Record<string, number> = {};
    for (const answer of answers) counts[nameOf(answer)] = (counts[nameOf(answer)] ?? 0) + 1;
    return counts;
  };
  const timesOf = (isOk: boolean) => {
    const times = answers
      .slice(settled)
      .filter(({ outcome }) => (outcome === 'OK') === isOk)
      .map(({ ms }) => ms);
    times.sort((a, b) => a - b);
    const at = (share: number) =>
      Math.round(times[Math.min(times.length - 1, Math.floor(times.length * share))] ?? 0);
    return { p50: at(0.5), p99: at(0.99), max: at(1) };
  };
  return {
    sent: answers.length,
    seconds,
    outcomes: countBy(({ outcome }) => outcome),
    statuses: countBy(({ status }) => String(status)),
    malformed: answers.filter(({ isMalformed }) => isMalformed).length,
    latencyMs: timesOf(true),
    refusalMs: timesOf(false),
  };
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  console.log(JSON.stringify(await sendLoad(JSON.parse(process.argv[2]!) as LoadOrder)));
}
