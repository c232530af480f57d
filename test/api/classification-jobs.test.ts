import { Readable } from 'node:stream';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { deleteOldJobs } from '../../src/bulk/jobs.ts';
import { writeResults } from '../../src/bulk/write-results.ts';
import { toUuid } from '../../src/ids.ts';
import type { ImageServer } from '../support/image-server.ts';
import { jobClient } from '../support/job-client.ts';
import { base64, cat, dog, startJobRig, type JobRig } from '../support/job-rig.ts';
import { until } from '../support/poll.ts';
import { startReceiver, type Receiver } from '../support/receiver.ts';
import type { TestApp } from '../support/start-app.ts';
import { taxonomyClient } from '../support/taxonomy-client.ts';
import { webhookClient } from '../support/webhook-client.ts';

let rig: JobRig;
let app: TestApp;
let images: ImageServer;
let receiver: Receiver;
beforeAll(async () => {
  receiver = await startReceiver();
  rig = await startJobRig();
  ({ app, images } = rig);
});
afterEach(() => rig.reset());
afterAll(async () => {
  await rig?.stop();
  await receiver?.stop();
});

describe('a classification job', () => {
  it('of 1,000 URLs, 5 % of them broken, ends by itself: 950 classified and metered, 50 errors, one event', async () => {
    const { key, jobs, uuid } = await rig.makeTenant('thousand');
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
    expect(await rig.usageOf(key)).toEqual({ images: 950, classifications: 950 });
    const entries = await app.services.db.withTenant(uuid, (tx) => tx.usageEvent.findMany());
    expect(entries.map((entry) => entry.images)).toEqual(Array(950).fill(1)); // an item an entry
    await until('the event has come', () => receiver.received.length === 1);
    expect(receiver.received[0]!.payload).toMatchObject({
      type: 'job.completed',
      data: { id: job.id, state: 'COMPLETED', counts: { total: 1_000, succeeded: 950, failed: 50 } },
    });
    expect([...images.asked.values()].every((times) => times === 1)).toBe(true);
  }, 120_000);

  it('tries its failed items again, and no others', async () => {
    const { key, jobs } = await rig.makeTenant('retried');
    const sources = ['/cat', '/broken', '/dog'].map((path) => ({ source: { url: images.url(path) } }));
    const { id } = await jobs.begin({ items: [...sources, { source: { base64: 'no picture' } }] });
    expect((await jobs.ended(id)).counts).toMatchObject({ succeeded: 2, failed: 2 });
    const kept = (await jobs.items(id, { state: 'SUCCEEDED' })).map(({ outcomes }) => outcomes[0]!.id);
    rig.mended = true;
    expect((await jobs.retry(id)).job).toMatchObject({ state: 'RUNNING' });
    expect((await jobs.ended(id)).counts).toMatchObject({ succeeded: 3, failed: 1 });
    const ids = (await jobs.items(id, { state: 'SUCCEEDED' })).map(({ outcomes }) => outcomes[0]!.id);
    expect(ids).toEqual(expect.arrayContaining(kept));
    expect(await rig.usageOf(key)).toEqual({ images: 3, classifications: 3 });
    expect((await jobs.retry(id)).userErrors).toMatchObject([{ code: 'INVALID_INPUT', path: ['id'] }]);
  });

  it('tells which of its images failed, also where only these are tried again', async () => {
    const { key, jobs } = await rig.makeTenant('told');
    const webhooks = webhookClient(app, key);
    await webhooks.createOrThrow({ url: `${receiver.url}told`, eventTypes: ['CLASSIFICATION_FAILED'] });
    const failures = () => receiver.received.filter(({ path }) => path === '/told');
    const { id } = await jobs.begin({
      items: [
        { source: { base64: base64(cat) } },
        { source: { url: images.url('/broken/1') }, reference: 'second', metadata: { shelf: 2 } },
      ],
    });
    for (const times of [1, 2]) {
      await jobs.ended(id);
      await until('the failure is told', () => failures().length === times);
      await jobs.retry(id);
    }
    for (const { payload } of failures()) {
      expect(payload.data).toMatchObject({ index: 1, reference: 'second', metadata: { shelf: 2 } });
    }
    await jobs.ended(id);
  });

  it('is cancelled within two seconds, whatever it waits for, and what was in progress leaves no trace', async () => {
    const tenant = await rig.makeTenant('cancelled');
    const { key, jobs } = tenant;
    const items = Array.from({ length: 100 }, (_, index) => ({
      source: index % 2 ? { url: images.url(`/hang/${index}`) } : { base64: base64(cat) },
    }));
    const { id } = await jobs.begin({ items });
    await until('it waits', () => rig.held() > 0);
    const { job } = await jobs.cancel(id);
    expect(job).toMatchObject({ state: 'CANCELLED', counts: { pending: 0, cancelled: 100 } });
    const cancelledAt = performance.now();
    const { inference } = app.services;
    await until(
      'nothing of it is left',
      () => inference.stats().admitted === 0 && app.services.gate.total === 0,
    );
    expect(performance.now() - cancelledAt).toBeLessThan(2_000);
    expect(await rig.blobsOf(tenant)).toBe(0);
    expect(await rig.usageOf(key)).toEqual({ images: 0, classifications: 0 });
    expect((await jobs.cancel(id)).job).toMatchObject({ state: 'CANCELLED' });
  });

  it('comes as uploads or as a JSONL file too, and keeps their bytes no longer than it needs them', async () => {
    const tenant = await rig.makeTenant('files');
    const { jobs } = tenant;
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
    expect(await rig.blobsOf(tenant)).toBe(1); // of the image that could be tried again

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

  it('of many predictions is downloaded in pieces that fit into memory, in the order of its items', async () => {
    const { jobs, uuid: tenantId } = await rig.makeTenant('pieces');
    const items = Array.from({ length: 25 }, (_, index) => ({
      source: { url: images.url(index % 2 ? '/dog' : '/cat') },
    }));
    const { id } = await jobs.begin({
      items,
      topK: 100,
      taxonomies: Array.from({ length: 10 }, () => ({ by: { name: 'animals' } })),
    });
    await jobs.ended(id);
    const download = { tenantId, jobId: toUuid('job', id)! };
    const write = (format: 'JSONL' | 'CSV'): Promise<string[]> =>
      Readable.from(writeResults(app.services.db, { ...download, format })).toArray();
    const pieces = await write('JSONL');
    expect(pieces.map((piece) => piece.trim().split('\n').length)).toEqual([20, 5]);
    const lines = pieces.flatMap((piece) => piece.trim().split('\n')).map((line) => JSON.parse(line));
    expect(lines.map(({ index }) => index)).toEqual(items.map((_, index) => index));
    for (const { index, outcomes } of lines) {
      expect(outcomes).toHaveLength(10);
      expect(outcomes[9].predictions).toMatchObject([{ label: index % 2 ? 'dog' : 'cat' }, {}]);
    }
    const csv = (await write('CSV')).join('');
    expect(csv.trim().split('\n')).toHaveLength(251);
    expect(csv).toMatch(/^24,,SUCCEEDED,9,classification_\w+,cat,0\.\d+,,$/m);
  });

  it('is made once for an idempotency key', async () => {
    const { key, jobs, taxonomy } = await rig.makeTenant('once');
    const input = { items: [{ source: { base64: base64(cat) } }], idempotencyKey: 'nightly' };
    const [one, other] = [await jobs.begin(input), await jobs.begin(input)];
    expect(other.id).toBe(one.id);
    const another = await jobs.create({ ...input, items: [{ source: { base64: base64(dog) } }] });
    expect(another.userErrors).toMatchObject([{ code: 'IDEMPOTENCY_CONFLICT' }]);
    await jobs.ended(one.id);
    // The first answer stays the answer, whatever has become of the taxonomy.
    await taxonomyClient(app, key).mutate('archiveTaxonomy', { id: taxonomy.id, expectedRevision: 1 });
    expect(await jobs.begin(input)).toMatchObject({ id: one.id, state: 'COMPLETED' });
  });

  it('looks to another tenant as if it were not there, and needs the scope CLASSIFY', async () => {
    const { jobs } = await rig.makeTenant('owner');
    const { id } = await jobs.begin({ items: [{ source: { base64: base64(cat) } }] });
    await jobs.ended(id);
    const stranger = await rig.makeTenant('stranger');
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
  const { jobs, key } = await rig.makeTenant('old');
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
