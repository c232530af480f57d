import { classify } from './classify.ts';
import type { Client } from './client.ts';
import { jobClient } from './job-client.ts';
import { until } from './poll.ts';

const PACE_MS = 100;

export interface BesideBulk {
  /** Milliseconds of each request of one image, in ascending order. */
  latenciesMs: number[];
  /** Items of jobs that were finished meanwhile, a second. */
  itemsPerSecond: number;
  /** The longest batch of those, in milliseconds. */
  batchMs: number;
}

interface Request {
  image: Uint8Array<ArrayBuffer>;
  taxonomy: string;
  key: string;
}

/** Sends `count` requests of one image each at an even pace. */
export async function measureRequests(client: Client, request: Request, count: number): Promise<number[]> {
  const latenciesMs: number[] = [];
  for (let sent = 0; sent < count; sent++) {
    const nextMs = Date.now() + PACE_MS;
    const startedAt = performance.now();
    await classify(client, { images: [request.image], taxonomies: [request.taxonomy], key: request.key });
    latenciesMs.push(performance.now() - startedAt);
    await until('the next moment', () => Date.now() >= nextMs);
  }
  return latenciesMs.toSorted((a, b) => a - b);
}

/** The same while a job of images, no two of them alike, is under way. */
export async function measureBesideBulk(
  client: Client,
  request: Request,
  { count, items }: { count: number; items: number },
): Promise<BesideBulk> {
  const jobs = jobClient(client, request.key);
  const lines = Array.from({ length: items }, (_, index) => {
    const bytes = Buffer.concat([request.image, Buffer.from(`${index}`)]); // what follows the image is not looked at
    return JSON.stringify({ base64: bytes.toString('base64') });
  });
  const taxonomies = [{ by: { name: request.taxonomy } }];
  const { id } = await jobs.begin(
    { file: null, taxonomies },
    { 'variables.input.file': new Blob([lines.join('\n')]) },
  );
  const finished = async () => {
    const { total, pending } = (await jobs.read(id))!.counts;
    return total - pending;
  };
  await until('it has begun', async () => (await finished()) > 0);
  const [before, startedAt] = [await finished(), performance.now()];
  const latenciesMs = await measureRequests(client, request, count);
  const done = (await finished()) - before;
  const seconds = (performance.now() - startedAt) / 1_000;
  const { state } = (await jobs.read(id))!;
  await jobs.cancel(id);
  if (state !== 'RUNNING')
    throw new Error(`The job of ${items} items was over too early to measure beside it.`);
  return {
    latenciesMs,
    itemsPerSecond: done / seconds,
    batchMs: await longestBatch(client, request.key, id),
  };
}

async function longestBatch(client: Client, key: string, id: string): Promise<number> {
  const { classificationJob } = await client.graphql<{
    classificationJob: { items: { nodes: { outcomes: { timing?: { encodeMs: number } }[] }[] } };
  }>(
    `query ($id: ID!) { classificationJob(id: $id) { items(first: 100, filter: { state: SUCCEEDED }) {
      nodes { outcomes { ... on Classification { timing { encodeMs } } } } } } }`,
    { id },
    key,
  );
  const { nodes } = classificationJob.items;
  return Math.max(...nodes.flatMap(({ outcomes }) => outcomes.map(({ timing }) => timing?.encodeMs ?? 0)));
}
