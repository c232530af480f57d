import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { createBlobStore } from '../../src/bulk/blob-store.ts';
import { deleteOldJobs } from '../../src/bulk/jobs.ts';
import { toUuid } from '../../src/ids.ts';
import { parseAllowedTargets } from '../../src/outbound/allowed-targets.ts';
import { readExample } from '../support/classify.ts';
import { withClient } from '../support/database.ts';
import { startImageServer, type ImageServer } from '../support/image-server.ts';
import { jobClient } from '../support/job-client.ts';
import { until } from '../support/poll.ts';
import { startReceiver, type Receiver } from '../support/receiver.ts';
import { seed } from '../support/seed.ts';
import { startTestApp, type TestApp } from '../support/start-app.ts';
import { webhookClient } from '../support/webhook-client.ts';

const cat = readExample('one-cat.png');
const dog = readExample('one-dog.jpg');
const base64 = (bytes: Uint8Array) => Buffer.from(bytes).toString('base64');

let app: TestApp;
let images: ImageServer;
let receiver: Receiver;
/** Paths that hang until the test ends; whether broken ones are mended. */
const held: (() => void)[] = [];
let mended = false;
beforeAll(async () => {
  images = await startImageServer((path, response) => {
    if (path.startsWith('/hang')) held.push(() => response.destroy());
    else if (path.startsWith('/broken') && !mended) response.writeHead(404).end();
    else response.end(path.startsWith('/dog') ? dog : cat);
  });
  receiver = await startReceiver();
  app = await startTestApp({ allowedPrivateTargets: parseAllowedTargets('127.0.0.1') });
});
afterEach(() => {
  for (const release of held.splice(0)) release();
  mended = false;
});
afterAll(async () => {
  await app?.stop();
  await receiver?.stop();
  await images?.stop();
});

async function makeTenant(name: string) {
  const tenant = await seed(app).withTenant(name).withTaxonomy(['cat', 'dog']);
  return { ...tenant, jobs: jobClient(app, tenant.key) };
}
const usageOf = async (key: string) => {
  const day = 86_400_000;
  const { usage } = await app.graphql<{ usage: { total: object } }>(
    `query ($from: DateTime!, $to: DateTime!) { usage(from: $from, to: $to, by: DAY) { total { images classifications } } }`,
    { from: new Date(), to: new Date(Date.now() + day) },
    key,
  );
  return usage.total;
};
const blobsOf = (tenantId: string) =>
  app.services.db.withTenant(toUuid('tenant', tenantId)!, (tx) => tx.blob.count());

describe('a classification job', () => {
  it('of 1,000 URLs, 5 % of them broken, ends by itself: 950 classified and metered, 50 errors, one event', async () => {
    const { key, jobs, id: tenantId } = await makeTenant('thousand');
    const webhooks = webhookClient(app, key);
    await webhooks.createOrThrow({ url: receiver.url, eventTypes: ['JOB_COMPLETED'] });
    const pathOf = (index: number) => (index % 20 === 7 ? '/broken' : index % 2 ? '/dog' : '/cat');
    const items = Array.from({ length: 1_000 }, (_, index) => ({
      source: { url: images.url(`${pathOf(index)}/${index}`) },
      reference: `image ${index}`,
    }));
    const startedAt = performance.now();
    const job = await jobs.begin({ items });
    const answeredMs = performance.now() - startedAt;
    expect(job).toMatchObject({ state: 'RUNNING', counts: { total: 1_000 } });
    await until('it says how far it is', async () => {
      const { progress, etaMs } = (await jobs.read(job.id))!;
      return progress > 0 && progress < 1 && etaMs !== null;
    });
    expect(await jobs.ended(job.id)).toMatchObject({
      state: 'COMPLETED',
      counts: { total: 1_000, pending: 0, succeeded: 950, failed: 50, cancelled: 0 },
      progress: 1,
      etaMs: null,
    });
    process.stdout.write(
      `1,000 images: answered in ${Math.round(answeredMs)} ms, done in ${Math.round(performance.now() - startedAt)} ms\n`,
    );
    const all = await jobs.items(job.id);
    expect(all.map(({ index }) => index)).toEqual(items.map((_, index) => index));
    for (const { index, reference, outcomes } of all) {
      expect(reference).toBe(`image ${index}`);
      const expected = pathOf(index).slice(1);
      const [outcome] = outcomes;
      expect(outcome!.code ?? outcome!.top!.label.key).toBe(
        expected === 'broken' ? 'IMAGE_FETCH_FAILED' : expected,
      );
    }
    expect(await usageOf(key)).toEqual({ images: 950, classifications: 950 });
    const entries = await app.services.db.withTenant(toUuid('tenant', tenantId)!, (tx) =>
      tx.usageEvent.findMany(),
    );
    expect(entries.map((entry) => entry.images)).toEqual(Array(950).fill(1)); // an item an entry
    await until('the event has come', () => receiver.received.length === 1);
    expect(receiver.received[0]!.payload).toMatchObject({
      type: 'job.completed',
      data: { id: job.id, state: 'COMPLETED', counts: { total: 1_000, succeeded: 950, failed: 50 } },
    });
    expect([...images.asked.values()].every((times) => times === 1)).toBe(true);
  }, 120_000);

  it('tries its failed items again, and no others', async () => {
    const { key, jobs } = await makeTenant('retried');
    const sources = ['/cat', '/broken', '/dog'].map((path) => ({ source: { url: images.url(path) } }));
    const { id } = await jobs.begin({ items: [...sources, { source: { base64: 'no picture' } }] });
    expect((await jobs.ended(id)).counts).toMatchObject({ succeeded: 2, failed: 2 });
    const kept = (await jobs.items(id, { state: 'SUCCEEDED' })).map(({ outcomes }) => outcomes[0]!.id);
    mended = true;
    expect((await jobs.retry(id)).job).toMatchObject({ state: 'RUNNING' });
    expect((await jobs.ended(id)).counts).toMatchObject({ succeeded: 3, failed: 1 });
    const ids = (await jobs.items(id, { state: 'SUCCEEDED' })).map(({ outcomes }) => outcomes[0]!.id);
    expect(ids).toEqual(expect.arrayContaining(kept));
    expect(await usageOf(key)).toEqual({ images: 3, classifications: 3 });
    expect((await jobs.retry(id)).userErrors).toMatchObject([{ code: 'INVALID_INPUT', path: ['id'] }]);
  });

  it('is cancelled within two seconds, whatever it waits for, and what was in progress leaves no trace', async () => {
    const { key, jobs, id: tenantId } = await makeTenant('cancelled');
    const items = Array.from({ length: 100 }, (_, index) => ({
      source: index % 2 ? { url: images.url(`/hang/${index}`) } : { base64: base64(cat) },
    }));
    const { id } = await jobs.begin({ items });
    await until('it waits', () => held.length > 0);
    const { job } = await jobs.cancel(id);
    expect(job).toMatchObject({ state: 'CANCELLED', counts: { pending: 0, cancelled: 100 } });
    const cancelledAt = performance.now();
    const { inference } = app.services;
    await until(
      'nothing of it is left',
      () => inference.stats().admitted === 0 && app.services.gate.total === 0,
    );
    expect(performance.now() - cancelledAt).toBeLessThan(2_000);
    expect(await blobsOf(tenantId)).toBe(0);
    expect(await usageOf(key)).toEqual({ images: 0, classifications: 0 });
    expect((await jobs.cancel(id)).job).toMatchObject({ state: 'CANCELLED' });
  });

  it('comes as uploads or as a JSONL file too, and keeps their bytes no longer than it needs them', async () => {
    const { jobs, id: tenantId } = await makeTenant('files');
    const uploads = await jobs.begin(
      { items: [{ source: { upload: null } }, { source: { upload: null } }] },
      { 'variables.input.items.0.source.upload': dog, 'variables.input.items.1.source.upload': cat },
    );
    const lines = [
      { url: images.url('/dog'), reference: 'by URL', metadata: { shelf: 3 } },
      { base64: base64(cat), reference: '=1+1' },
      { base64: base64(new Uint8Array(200).fill(7)) },
    ].map((line) => JSON.stringify(line));
    const jsonl = await jobs.begin(
      { file: null },
      { 'variables.input.file': new Blob([`${lines.join('\n')}\n\n`]) },
    );
    const keysOf = async (id: string) => {
      await jobs.ended(id);
      return (await jobs.items(id)).map(
        ({ outcomes: [outcome] }) => outcome!.code ?? outcome!.top!.label.key,
      );
    };
    expect(await keysOf(uploads.id)).toEqual(['dog', 'cat']);
    expect(await keysOf(jsonl.id)).toEqual(['dog', 'cat', 'IMAGE_UNSUPPORTED']);
    expect(await blobsOf(tenantId)).toBe(1); // of the image that could be tried again

    const download = async (format: 'JSONL' | 'CSV') =>
      (await fetch(`${app.url}${await jobs.downloadUrl(jsonl.id, format)}`)).text();
    const results = (await download('JSONL'))
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line));
    expect(results).toMatchObject([
      {
        index: 0,
        reference: 'by URL',
        metadata: { shelf: 3 },
        state: 'SUCCEEDED',
        outcomes: [
          {
            classificationId: expect.stringMatching(/^classification_/),
            predictions: [{ label: 'dog' }, {}],
          },
        ],
      },
      { index: 1, outcomes: [{ predictions: [{ label: 'cat' }, {}] }] },
      { index: 2, state: 'FAILED', outcomes: [{ error: { code: 'IMAGE_UNSUPPORTED' } }] },
    ]);
    const rows = (await download('CSV')).trim().split('\n');
    expect(rows).toHaveLength(4);
    expect(rows[2]).toMatch(/^1,'=1\+1,SUCCEEDED,0,classification_\w+,cat,0\.\d+,,$/);
    expect((await fetch(`${app.url}/downloads/results/nonsense`)).status).toBe(404);
  });

  it('is made once for an idempotency key', async () => {
    const { jobs } = await makeTenant('once');
    const input = { items: [{ source: { base64: base64(cat) } }], idempotencyKey: 'nightly' };
    const [one, other] = [await jobs.begin(input), await jobs.begin(input)];
    expect(other.id).toBe(one.id);
    const another = await jobs.create({ ...input, items: [{ source: { base64: base64(dog) } }] });
    expect(another.userErrors).toMatchObject([{ code: 'IDEMPOTENCY_CONFLICT' }]);
    await jobs.ended(one.id);
  });

  it('is refused where nothing can come of it', async () => {
    const { jobs } = await makeTenant('refused');
    const item = { source: { base64: base64(cat) } };
    for (const [input, code, path] of [
      [{}, 'INVALID_INPUT', ['items']],
      [{ items: [] }, 'INVALID_INPUT', ['items']],
      [{ items: [item], taxonomies: [{ by: { name: 'absent' } }] }, 'NOT_FOUND', ['taxonomies', '0', 'by']],
      [{ items: [item], topK: 101 }, 'INVALID_INPUT', ['topK']],
    ] as const) {
      expect((await jobs.create(input)).userErrors).toMatchObject([{ code, path }]);
    }
    const good = '{"url":"https://a.example/1.png"}\n';
    for (const [text, message] of [
      [`${good}{"path":"/etc"}`, 'Line 2'],
      [`${good}{"url":"https://a.example/1.png","reference":"\\u0000"}`, 'Line 2'],
      [good.repeat(10_001), 'more than 10000 items'],
      [' '.repeat(16_000_001), 'A file of items has at most 16000000 bytes'],
    ] as const) {
      const { userErrors } = await jobs.create({ file: null }, { 'variables.input.file': new Blob([text]) });
      expect(userErrors).toMatchObject([
        { code: 'INVALID_INPUT', path: ['file'], message: expect.stringContaining(message) },
      ]);
    }
  });

  it('has up to 19 others of its tenant beside it, also where many are made at once', async () => {
    const { jobs } = await makeTenant('busy');
    const items = [{ source: { url: images.url('/hang/busy') } }];
    const made = await Promise.allSettled(Array.from({ length: 25 }, () => jobs.begin({ items })));
    const refused = made.flatMap((one) => (one.status === 'rejected' ? [String(one.reason)] : []));
    expect(refused).toHaveLength(5);
    for (const reason of refused) expect(reason).toContain('RATE_LIMITED');
    const begun = made.flatMap((one) => (one.status === 'fulfilled' ? [one.value.id] : []));
    await jobs.cancel(begun[0]!);
    await expect(jobs.begin({ items })).resolves.toMatchObject({ state: 'RUNNING' });
    await expect(jobs.retry(begun[0]!)).rejects.toThrow('RATE_LIMITED');
    for (const id of begun) await jobs.cancel(id);
  });

  it('ends also where one of its items can never be recorded, and fails that one alone', async () => {
    await withClient(app.database.superuserUrl, (client) =>
      client.query(`
        create function refuse_poison() returns trigger language plpgsql as $$ begin raise exception 'poison'; end $$;
        create trigger poison before insert on classification for each row when (new.reference = 'poison')
          execute function refuse_poison()`),
    );
    const { key, jobs } = await makeTenant('poisoned');
    const source = { base64: base64(cat) };
    const items = Array.from({ length: 20 }, (_, index) => ({
      source,
      reference: index === 3 ? 'poison' : null,
    }));
    const { id } = await jobs.begin({ items });
    expect((await jobs.ended(id)).counts).toMatchObject({ succeeded: 19, failed: 1 });
    const [failed] = await jobs.items(id, { state: 'FAILED' });
    expect(failed).toMatchObject({ index: 3, outcomes: [{ code: 'INTERNAL' }] });
    expect(await usageOf(key)).toEqual({ images: 19, classifications: 19 });
  }, 60_000);

  it('waits while a rate has no room, and says which items a month had none for', async () => {
    const { key, jobs, id: tenantId } = await makeTenant('limited');
    const setQuotas = (quotas: object) =>
      app.graphql(
        'mutation ($input: UpdateTenantInput!) { updateTenant(input: $input) { userErrors { code } } }',
        { input: { id: tenantId, quotas } },
        app.operatorKey,
      );
    await setQuotas({ imagesPerMinute: 60 });
    const itemsOf = (count: number) =>
      Array.from({ length: count }, () => ({ source: { base64: base64(cat) } }));
    const slow = await jobs.begin({ items: itemsOf(61) });
    expect((await jobs.ended(slow.id)).counts).toMatchObject({ succeeded: 61, failed: 0 });
    await setQuotas({ imagesPerMinute: null, imagesPerMonth: 70 });
    const refused = await jobs.begin({ items: itemsOf(10) });
    expect((await jobs.ended(refused.id)).counts).toMatchObject({ succeeded: 0, failed: 10 });
    expect((await jobs.items(refused.id))[0]!.outcomes).toEqual([{ code: 'QUOTA_EXCEEDED' }]);
    await setQuotas({ imagesPerMonth: null });
    await jobs.retry(refused.id);
    expect((await jobs.ended(refused.id)).counts).toMatchObject({ succeeded: 10, failed: 0 });
    expect(await usageOf(key)).toEqual({ images: 71, classifications: 71 });
  });

  it('looks to another tenant as if it were not there, and needs the scope CLASSIFY', async () => {
    const { jobs } = await makeTenant('owner');
    const { id } = await jobs.begin({ items: [{ source: { base64: base64(cat) } }] });
    await jobs.ended(id);
    const stranger = await makeTenant('stranger');
    expect(await stranger.jobs.read(id)).toBeNull();
    for (const change of [stranger.jobs.cancel, stranger.jobs.retry]) {
      expect((await change(id)).userErrors).toMatchObject([{ code: 'NOT_FOUND' }]);
    }
    const weak = jobClient(app, await stranger.createKey('TAXONOMY_READ'));
    await expect(weak.read(id)).rejects.toThrow(/FORBIDDEN/);
    await expect(weak.cancel(id)).rejects.toThrow(/FORBIDDEN/);
  });
});

it('jobs are deleted when they ended long ago; their classifications stay', async () => {
  const { jobs, key } = await makeTenant('old');
  const { id } = await jobs.begin({ items: [{ source: { base64: base64(cat) } }] });
  await jobs.ended(id);
  const [item] = await jobs.items(id);
  expect(await deleteOldJobs(app.services, new Date(Date.now() - 60_000))).toBe(0);
  expect(await deleteOldJobs(app.services, new Date(Date.now() + 60_000))).toBeGreaterThan(0);
  expect(await jobs.read(id)).toBeNull();
  const { node } = await app.graphql<{ node: { id: string } | null }>(
    'query ($id: ID!) { node(id: $id) { id } }',
    { id: item!.outcomes[0]!.id },
    key,
  );
  expect(node).not.toBeNull();
});

describe('the blob store', () => {
  it('keeps up to its cap for each tenant, also where two fill it at once, and no longer than its time', async () => {
    const [one, other] = [await makeTenant('blobs'), await makeTenant('other blobs')].map(({ id }) =>
      toUuid('tenant', id)!,
    ) as [string, string];
    const store = createBlobStore({ db: app.services.db, limits: { keptMs: 60_000, bytesPerTenant: 100 } });
    const puts = await Promise.allSettled(
      [0, 1, 2].map((fill) => store.put(one, [new Uint8Array(40).fill(fill)])),
    );
    const refused = puts.flatMap((put) => (put.status === 'rejected' ? [put.reason] : []));
    expect(refused).toMatchObject([{ code: 'QUOTA_EXCEEDED' }]);
    const [id] = await store.put(other, [new Uint8Array([1, 2, 3])]);
    expect(await store.read(other, [id!])).toEqual(new Map([[id, new Uint8Array([1, 2, 3])]]));
    expect(await store.read(one, [id!])).toEqual(new Map());
    expect(await store.sweep(new Date())).toBe(0);
    expect(await store.sweep(new Date(Date.now() + 60_000))).toBe(3);
    expect(await store.read(other, [id!])).toEqual(new Map());
  });
});
