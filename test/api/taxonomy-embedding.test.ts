import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Inference } from '../../src/inference/index.ts';
import type { Job, Queue } from '../../src/jobs/queue.ts';
import { awaitVersion } from '../../src/taxonomy/await-version.ts';
import { EMBED_QUEUE, type EmbedJob } from '../../src/taxonomy/embed-queue.ts';
import { registerTaxonomyJobs } from '../../src/taxonomy/jobs.ts';
import { publishTaxonomy } from '../../src/taxonomy/publish.ts';
import { until } from '../support/poll.ts';
import { startTestApp, type TestApp } from '../support/start-app.ts';
import { ownTaxonomy, toLabelInputs, type OwnTaxonomy } from '../support/taxonomy-client.ts';

let app: TestApp;
beforeAll(async () => {
  app = await startTestApp();
});
afterAll(() => app.stop());

const LABELS = toLabelInputs('cat', 'dog');

/** Freezes a version whose job is not sent, as if its worker had not come to it yet. */
async function freezeWithoutJob({ tenantId, taxonomyId }: OwnTaxonomy): Promise<string> {
  const queue = { ...app.services.queue, send: async () => 'never sent' };
  const input = { taxonomyId, expectedRevision: 1, waitMs: 0 };
  const { version } = await publishTaxonomy({ ...app.services, queue }, tenantId, input);
  expect(version.state).toBe('EMBEDDING');
  return version.id;
}

const sendJob = ({ tenantId }: OwnTaxonomy, versionId: string) =>
  app.services.db.withTenant(tenantId, (tx) =>
    app.services.queue.send(tx, EMBED_QUEUE, { tenantId, versionId }),
  );

async function failToEmbed(): Promise<never> {
  throw new Error('a secret of the encoder');
}

/** What the queue would run for a job, in a process that encodes like this. */
async function handlerWith(
  inference: Pick<Inference, 'models' | 'embedTexts' | 'countTokens'>,
): Promise<(job: Job<EmbedJob>) => Promise<void>> {
  const { promise, resolve } = Promise.withResolvers<(job: Job<EmbedJob>) => Promise<void>>();
  const work: Queue['work'] = async (_, handler) =>
    resolve(handler as unknown as (job: Job<EmbedJob>) => Promise<void>);
  await registerTaxonomyJobs({ ...app.services, queue: { ...app.services.queue, work }, inference });
  return promise;
}

describe('a version that is still embedding', () => {
  const VERSIONS = `query ($id: ID!) { taxonomy(by: { id: $id }) {
    latestVersion { number } versions(first: 5) { nodes { number state failure progress { embedded total } } }
  } }`;

  type Versions = { taxonomy: { latestVersion: object | null; versions: { nodes: { state: string }[] } } };

  it('does not move latestVersion, and a later one may overtake it', async () => {
    const subject = await ownTaxonomy(app, { labels: LABELS });
    const first = await freezeWithoutJob(subject);
    const progress = { embedded: 0, total: 2 };
    expect(await subject.client.query(VERSIONS, { id: subject.id })).toEqual({
      taxonomy: {
        latestVersion: null,
        versions: { nodes: [{ number: 1, state: 'EMBEDDING', failure: null, progress }] },
      },
    });
    await subject.client.publish(subject.id);
    await sendJob(subject, first);
    const settled = await until('version 1 is READY', async () => {
      const { taxonomy } = await subject.client.query<Versions>(VERSIONS, { id: subject.id });
      return taxonomy.versions.nodes.every(({ state }) => state === 'READY') && taxonomy;
    });
    expect(settled.latestVersion).toEqual({ number: 2 });
  });

  it('waits for a process that has its model, and fails in the end with what to do', async () => {
    const subject = await ownTaxonomy(app, { labels: LABELS });
    const data = { tenantId: subject.tenantId, versionId: await freezeWithoutJob(subject) };
    await app.services.db.withTenant(subject.tenantId, (tx) =>
      tx.taxonomyVersion.updateMany({
        where: { id: data.versionId },
        data: { modelRevision: 'f'.repeat(64) },
      }),
    );
    const run = await handlerWith(app.services.inference);
    const job = { id: 'job', data, complete: () => Promise.resolve(), signal: new AbortController().signal };
    const stateNow = async () => {
      const { taxonomy } = await subject.client.query<Versions>(VERSIONS, { id: subject.id });
      return taxonomy.versions.nodes[0];
    };
    await expect(run({ ...job, retryCount: 0 })).rejects.toMatchObject({ code: 'MODEL_NOT_AVAILABLE' });
    expect(await stateNow()).toMatchObject({ state: 'EMBEDDING' });
    await run({ ...job, retryCount: 8 });
    expect(await stateNow()).toMatchObject({
      state: 'FAILED',
      failure: expect.stringContaining('Publish again'),
    });
    expect(await subject.client.publish(subject.id)).toMatchObject({
      version: { number: 2, state: 'READY' },
    });
  });

  it('is tried again after a fault of the server, and FAILED without its details when that does not help', async () => {
    const subject = await ownTaxonomy(app, { labels: LABELS });
    const data = { tenantId: subject.tenantId, versionId: await freezeWithoutJob(subject) };
    const job = { id: 'job', data, complete: () => Promise.resolve() };
    const run = await handlerWith({ ...app.services.inference, embedTexts: failToEmbed });
    const { signal } = new AbortController();
    await expect(run({ ...job, retryCount: 0, signal })).rejects.toThrow('a secret of the encoder');
    await expect(run({ ...job, retryCount: 8, signal: AbortSignal.abort() })).rejects.toThrow('aborted');
    const { taxonomy } = await subject.client.query<Versions>(VERSIONS, { id: subject.id });
    expect(taxonomy.versions.nodes[0]!.state).toBe('EMBEDDING');
    await run({ ...job, retryCount: 8, signal });
    const after = await subject.client.query<Versions>(VERSIONS, { id: subject.id });
    const failure = expect.not.stringContaining('secret');
    expect(after.taxonomy.versions.nodes[0]).toMatchObject({ state: 'FAILED', failure });
  });

  it('is noticed as READY when another process finishes it', async () => {
    const { tenantId, ...subject } = await ownTaxonomy(app, { labels: LABELS });
    const versionId = await freezeWithoutJob({ tenantId, ...subject });
    const waiting = awaitVersion(app.services.db, tenantId, versionId, { waitMs: 30_000 });
    await app.services.db.withTenant(tenantId, (tx) =>
      tx.taxonomyVersion.updateMany({
        where: { id: versionId },
        data: { state: 'READY', publishedAt: new Date() },
      }),
    );
    expect((await waiting).state).toBe('READY');
  });

  it('is waited for as long as asked, and given up when the client leaves', async () => {
    const subject = await ownTaxonomy(app, { labels: LABELS });
    const { tenantId, taxonomyId } = subject;
    const queue = { ...app.services.queue, send: async () => 'never sent' };
    const leaving = new AbortController();
    const input = { taxonomyId, expectedRevision: 1, waitMs: 60_000 };
    const waiting = publishTaxonomy({ ...app.services, queue }, tenantId, input, leaving.signal);
    await until('the version is frozen', async () => {
      const { taxonomy } = await subject.client.query<Versions>(VERSIONS, { id: subject.id });
      return taxonomy.versions.nodes.length === 1;
    });
    leaving.abort();
    expect((await waiting).version.state).toBe('EMBEDDING');
  });
});
