import { createClient as createSseClient } from 'graphql-sse';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { toUuid } from '../../src/ids.ts';
import { parseAllowedTargets } from '../../src/outbound/allowed-targets.ts';
import { classify, readExample } from '../support/classify.ts';
import { withClient, type TestDatabase } from '../support/database.ts';
import { startDurableDatabase } from '../support/durable-database.ts';
import { startImageServer, type ImageServer } from '../support/image-server.ts';
import { jobClient, type Job } from '../support/job-client.ts';
import { codesOf, overSse, TRANSPORTS, type Subscribe, type Subscriber } from '../support/live-client.ts';
import { readMetric } from '../support/metrics.ts';
import { until } from '../support/poll.ts';
import { seed } from '../support/seed.ts';
import { endServed, startServed, type Served } from '../support/served.ts';
import { OPERATOR_KEY, startTestApp, type TestApp } from '../support/start-app.ts';

const cat = readExample('one-cat.png');
const JOB = `subscription ($id: ID!) { classificationJobProgress(id: $id) {
  id state progress counts { total pending succeeded failed } } }`;
const VERSION = `subscription ($id: ID!) { taxonomyVersionProgress(id: $id) { state progress { embedded total } } }`;
const CREATED = `subscription ($taxonomyId: ID!, $after: ID) {
  classificationCreated(taxonomyId: $taxonomyId, after: $after) { id reference top { label { key } } } }`;

/** Of this process, and another one on the same database. */
let database: TestDatabase;
let app: TestApp;
let replica: Served;
let images: ImageServer;
const open: Subscriber[] = [];
/** Answers that wait for a test. */
const held: (() => void)[] = [];
beforeAll(async () => {
  images = await startImageServer((path, response) => {
    if (path.startsWith('/held')) held.push(() => response.end(cat));
    else response.end(cat);
  });
  database = await startDurableDatabase();
  app = await startTestApp({
    allowedPrivateTargets: parseAllowedTargets('127.0.0.1'),
    databaseUrl: database.applicationUrl,
  });
  replica = await startServed({
    DATABASE_URL: database.applicationUrl,
    TAXOLENS_OPERATOR_KEY: OPERATOR_KEY,
    TAXOLENS_ENCRYPTION_KEY: Buffer.from('the-encryption-key-of-test-apps!').toString('base64'),
    TAXOLENS_MODELS_DIR: '/nonexistent',
    TAXOLENS_ALLOWED_PRIVATE_TARGETS: '127.0.0.1',
  });
});
afterEach(() => {
  for (const subscriber of open.splice(0)) subscriber.stop();
});
afterAll(async () => {
  if (replica) await endServed(replica);
  await app?.stop();
  await database?.drop();
  await images?.stop();
});

const makeTenant = (name: string) => seed(app).withTenant(name).withTaxonomy(['cat', 'dog']);

interface Created {
  classificationCreated: { id: string; reference: string };
}
const referencesOf = ({ received }: Subscriber) =>
  received.map(({ data }) => (data as unknown as Created).classificationCreated.reference);
const idsOf = ({ received }: Subscriber) =>
  received.map(({ data }) => (data as unknown as Created).classificationCreated.id);

/** One image a request, one request after the other. */
async function classifyNamed(key: string, ...references: string[]): Promise<void> {
  for (const reference of references) {
    const { errors } = await classify(app, { images: [cat], references: [reference], key });
    expect(errors).toEqual([]);
  }
}

const gauge = () => readMetric(replica.url, 'taxolens_open_subscriptions');

/** How a subscriber ends whose credential does. */
const ENDED: Record<string, RegExp> = {
  'graphql-ws': /^broken 4403: UNAUTHENTICATED/,
  'graphql-sse': /^complete UNAUTHENTICATED$/,
};
const endOf = async (subscriber: Subscriber) => [await subscriber.ended, ...codesOf(subscriber)].join(' ');

describe.each(TRANSPORTS)('over %s, from another process', (transport, overIt: Subscribe) => {
  const subscribe: Subscribe = (url, request) => {
    const subscriber = overIt(url, request);
    open.push(subscriber);
    return subscriber;
  };

  /** One that has its place: what is made from now on comes to it. */
  async function follow(key: string, taxonomyId: string, variables: object = {}): Promise<Subscriber> {
    const before = await gauge();
    const subscriber = subscribe(replica.url, {
      query: CREATED,
      variables: { taxonomyId, ...variables },
      key,
    });
    await until('it is open', async () => (await gauge()) > before);
    return subscriber;
  }

  it('a job of 100 images tells its progress, never backwards, and ends with it', async () => {
    const { key } = await makeTenant(`progress ${transport}`);
    const items = Array.from({ length: 100 }, (_, index) => ({
      source: { url: images.url(`/${index === 50 ? 'held' : 'free'}/${index}`) },
    }));
    const { id } = await jobClient(app, key).begin({ items });
    const subscriber = subscribe(replica.url, { query: JOB, variables: { id }, key });
    const jobs = () =>
      subscriber.received.map(
        ({ data }) => (data as unknown as { classificationJobProgress: Job }).classificationJobProgress,
      );
    await until('it is under way', () => jobs().some(({ progress }) => progress > 0.4) && held.length > 0);
    for (const answer of held.splice(0)) answer();
    expect(await subscriber.ended).toBe('complete');
    const seen = jobs();
    const progress = seen.map((job) => job.progress);
    expect(progress).toEqual(progress.toSorted((one, other) => one - other));
    expect(seen.at(-1)).toMatchObject({ state: 'COMPLETED', progress: 1, counts: { succeeded: 100 } });
    expect(seen.length).toBeGreaterThan(1);
    expect(seen.length).toBeLessThan(100);
    process.stdout.write(`100 images over ${transport}: ${seen.length} events\n`);
  });

  it('a version tells its progress until it is READY', async () => {
    const { key, createTaxonomy } = await makeTenant(`version ${transport}`);
    const labels = Array.from({ length: 300 }, (_, index) => `${transport} label ${index}`);
    const { id: taxonomyId, revision } = await createTaxonomy(labels, { name: 'large', published: false });
    const { publishTaxonomy } = await app.graphql<{ publishTaxonomy: { version: { id: string } } }>(
      `mutation ($input: PublishTaxonomyInput!) { publishTaxonomy(input: $input) { version { id } } }`,
      { input: { taxonomyId, expectedRevision: revision, waitMs: 0 } },
      key,
    );
    const subscriber = subscribe(replica.url, { query: VERSION, variables: publishTaxonomy.version, key });
    expect(await subscriber.ended).toBe('complete');
    expect(subscriber.received.at(-1)!.data).toEqual({
      taxonomyVersionProgress: { state: 'READY', progress: { embedded: 300, total: 300 } },
    });
  });

  it('classifications come as they are made, each once, and only those of the taxonomy', async () => {
    const { key, taxonomy, createTaxonomy } = await makeTenant(`created ${transport}`);
    await createTaxonomy(['cat', 'tree'], { name: 'other' });
    await classifyNamed(key, 'before');
    const subscriber = await follow(key, taxonomy.id);
    await classify(app, { images: [cat], taxonomies: ['other'], references: ['elsewhere'], key });
    await Promise.all(['a', 'b', 'c', 'd', 'e', 'f'].map((reference) => classifyNamed(key, reference)));
    await until('all have come', () => subscriber.received.length >= 6);
    expect(referencesOf(subscriber).toSorted()).toEqual(['a', 'b', 'c', 'd', 'e', 'f']);
    expect(subscriber.received[0]!.data).toMatchObject({
      classificationCreated: { top: { label: { key: 'cat' } } },
    });
  });

  it('what was missed since an id comes first: no gap and no duplicate, however often the stream is cut', async () => {
    const { key, taxonomy } = await makeTenant(`resumed ${transport}`);
    let subscriber = await follow(key, taxonomy.id);
    const made = Array.from({ length: 24 }, (_, index) => `image ${index}`);
    const making = Promise.all(
      [0, 1, 2].map((lane) => classifyNamed(key, ...made.filter((_, index) => index % 3 === lane))),
    );
    const seen: string[] = [];
    const ids: string[] = [];
    for (let most = 4; seen.length < made.length; most += 4) {
      await until(
        'more has come',
        () => seen.length + subscriber.received.length >= Math.min(most, made.length),
      );
      subscriber.stop();
      await subscriber.ended;
      seen.push(...referencesOf(subscriber));
      ids.push(...idsOf(subscriber));
      subscriber = subscribe(replica.url, {
        query: CREATED,
        variables: { taxonomyId: taxonomy.id, after: ids.at(-1) },
        key,
      });
    }
    await making;
    expect(seen.toSorted()).toEqual(made.toSorted());
    await classifyNamed(key, 'last');
    await until('the last one has come', () => subscriber.received.length > 0);
    expect(referencesOf(subscriber)).toEqual(['last']);
  });

  it('another tenant and a key without the scope see nothing', async () => {
    const { key, taxonomy } = await makeTenant(`owner ${transport}`);
    const stranger = await makeTenant(`stranger ${transport}`);
    const { id } = await jobClient(app, key).begin({ items: [{ source: { url: images.url('/one') } }] });
    const { node } = await app.graphql<{ node: { latestVersion: { id: string } } }>(
      'query ($id: ID!) { node(id: $id) { ... on Taxonomy { latestVersion { id } } } }',
      { id: taxonomy.id },
      key,
    );
    const asked: [string, object, string][] = [
      [JOB, { id }, 'TAXONOMY_READ'],
      [VERSION, node.latestVersion, 'CLASSIFY'],
      [CREATED, { taxonomyId: taxonomy.id }, 'TAXONOMY_READ'],
    ];
    for (const [query, variables, wrongScope] of asked) {
      const request = { query, variables: { ...variables } };
      const foreign = subscribe(replica.url, { ...request, key: stranger.key });
      expect(await foreign.ended).toBe('complete');
      expect(codesOf(foreign)).toEqual(['NOT_FOUND']);
      const weak = await seed(app)
        .withTenant(`weak ${transport} ${wrongScope} ${asked.findIndex(([one]) => one === query)}`)
        .alone();
      const unscoped = subscribe(replica.url, {
        ...request,
        key: await weak.createKey(wrongScope as 'CLASSIFY'),
      });
      expect(await unscoped.ended).toBe('complete');
      expect(codesOf(unscoped)).toEqual(['FORBIDDEN']);
    }
    const malformed = subscribe(replica.url, { query: JOB, variables: { id: 'nonsense' }, key });
    await malformed.ended;
    expect(codesOf(malformed)).toEqual(['NOT_FOUND']);
  });

  it('goes on where Postgres cut every connection in between', async () => {
    const { key, taxonomy } = await makeTenant(`cut ${transport}`);
    const subscriber = await follow(key, taxonomy.id);
    await classifyNamed(key, 'before');
    await until('it has come', () => subscriber.received.length === 1);
    const cut = await withClient(database.superuserUrl, (client) =>
      client.query(
        `select pg_terminate_backend(pid) from pg_stat_activity where application_name = 'taxolens changes'`,
      ),
    );
    expect(cut.rowCount).toBe(2);
    await classifyNamed(key, 'after');
    await until('that one has come, too', () => subscriber.received.length === 2);
    expect(referencesOf(subscriber)).toEqual(['before', 'after']);
  });

  it('closes within two seconds when the key is revoked by another process', async () => {
    const { key, taxonomy, createKey } = await makeTenant(`revoked ${transport}`);
    const doomed = await createKey('CLASSIFY');
    const subscriber = await follow(doomed, taxonomy.id);
    const { apiKeys } = await app.graphql<{ apiKeys: { nodes: { id: string; scopes: string[] }[] } }>(
      '{ apiKeys(first: 10) { nodes { id scopes } } }',
      {},
      key,
    );
    const { id } = apiKeys.nodes.find(({ scopes }) => scopes[0] === 'CLASSIFY')!;
    const revokedAt = performance.now();
    await app.graphql(
      'mutation ($id: ID!) { revokeApiKey(input: { id: $id }) { apiKey { id } } }',
      { id },
      key,
    );
    const ended = await endOf(subscriber);
    const tookMs = performance.now() - revokedAt;
    process.stdout.write(`revoked, closed over ${transport} after ${Math.round(tookMs)} ms\n`);
    expect(tookMs).toBeLessThan(2_000);
    expect(ended).toMatch(ENDED[transport]!);
    const again = subscribe(replica.url, {
      query: CREATED,
      variables: { taxonomyId: taxonomy.id },
      key: doomed,
    });
    expect(await again.ended).toMatch(/broken 4401|refused 401/);
  });

  it('closes when the time of the credential is over', async () => {
    const { key, taxonomy } = await makeTenant(`expired ${transport}`);
    const expiresAt = new Date(Date.now() + 1_500);
    const { createApiKey } = await app.graphql<{ createApiKey: { secret: string } }>(
      `mutation ($expiresAt: DateTime!) {
        createApiKey(input: { name: "short", scopes: [CLASSIFY], expiresAt: $expiresAt }) { secret } }`,
      { expiresAt },
      key,
    );
    const subscriber = await follow(createApiKey.secret, taxonomy.id);
    const ended = await endOf(subscriber);
    const lateMs = Date.now() - expiresAt.getTime();
    expect(lateMs).toBeGreaterThanOrEqual(0);
    expect(lateMs).toBeLessThan(2_000);
    expect(ended).toMatch(ENDED[transport]!);
  });

  it('leaves nothing open when its client leaves', async () => {
    const { key, taxonomy } = await makeTenant(`left ${transport}`);
    await until('what was before is closed', async () => (await gauge()) === 0);
    const subscriber = await follow(key, taxonomy.id);
    expect(await gauge()).toBe(1);
    subscriber.stop();
    await until('it is closed', async () => (await gauge()) === 0);
  });
});

describe('over graphql-sse', () => {
  it('a browser that lost the stream says by Last-Event-ID how far it came, whatever the request says', async () => {
    const { key, taxonomy } = await makeTenant('last event');
    await classifyNamed(key, 'first');
    const { classifications } = await app.graphql<{ classifications: { nodes: { id: string }[] } }>(
      '{ classifications(first: 1) { nodes { id } } }',
      {},
      key,
    );
    const first = classifications.nodes[0]!.id;
    await classifyNamed(key, 'second', 'third');
    const variables = { taxonomyId: taxonomy.id, after: first };
    const whole = overSse(replica.url, { query: CREATED, variables, key });
    open.push(whole);
    await until('both have come', () => whole.received.length === 2);
    expect(whole.ids).toEqual(idsOf(whole));
    const rest = overSse(replica.url, {
      query: CREATED,
      variables,
      key,
      headers: { 'last-event-id': whole.ids[0]! },
    });
    open.push(rest);
    await until('the rest has come', () => rest.received.length === 1);
    expect(referencesOf(rest)).toEqual(['third']);
  });

  it('speaks as the client of graphql-sse expects', async () => {
    const { key } = await makeTenant('sse client');
    const { id } = await jobClient(app, key).begin({ items: [{ source: { url: images.url('/one') } }] });
    const client = createSseClient({
      url: `${replica.url}/graphql/stream`,
      headers: { authorization: `Bearer ${key}` },
      retryAttempts: 0,
    });
    const states: unknown[] = [];
    for await (const { data } of client.iterate<{ classificationJobProgress: Job }>({
      query: JOB,
      variables: { id },
    })) {
      states.push(data!.classificationJobProgress.state);
    }
    expect(states.at(-1)).toBe('COMPLETED');
    client.dispose();
  });
});

it('a classification whose transaction began first and ends last is not passed over', async () => {
  const { key, taxonomy, id } = await makeTenant('in order');
  const tenantId = toUuid('tenant', id)!;
  await classifyNamed(key, 'early');
  const { db } = app.services;
  const [early] = await db.withTenant(
    tenantId,
    (tx) => tx.$queryRaw<{ classificationId: string }[]>`
    delete from classification_log returning classification_id as "classificationId"`,
  );
  const variables = { taxonomyId: taxonomy.id };
  const subscriber = overSse(replica.url, { query: CREATED, variables, key });
  open.push(subscriber);
  await until('it is open', async () => (await gauge()) === 1);

  const placed = Promise.withResolvers<void>();
  const release = Promise.withResolvers<void>();
  const first = db.withTenant(tenantId, async (tx) => {
    await tx.$executeRaw`insert into classification_log (tenant_id, classification_id, taxonomy_id)
      values (${tenantId}::uuid, ${early!.classificationId}::uuid, ${toUuid('taxonomy', taxonomy.id)}::uuid)`;
    placed.resolve();
    await release.promise;
  });
  await placed.promise;
  const second = classifyNamed(key, 'late');
  await withClient(database.superuserUrl, (client) =>
    until('the other one waits', async () => {
      const { rowCount } = await client.query(
        `select from pg_locks where locktype = 'advisory' and not granted`,
      );
      return rowCount === 1;
    }),
  );
  expect(subscriber.received).toEqual([]);
  release.resolve();
  await Promise.all([first, second]);
  await until('both have come', () => subscriber.received.length === 2);
  expect(referencesOf(subscriber)).toEqual(['early', 'late']);
});

it('a classification comes whose process was killed before it told of it, and its commit waits for no notice', async () => {
  const { key, taxonomy, id } = await makeTenant('untold');
  const tenantId = toUuid('tenant', id)!;
  await classifyNamed(key, 'untold');
  const heard: string[] = [];
  await withClient(database.applicationUrl, async (client) => {
    client.on('notification', ({ payload }) => heard.push(payload!));
    await client.query('listen taxolens_changes');
    const subscriber = overSse(replica.url, { query: CREATED, variables: { taxonomyId: taxonomy.id }, key });
    open.push(subscriber);
    await until('it is open', async () => (await gauge()) === 1);
    await app.services.db.withTenant(tenantId, async (tx) => {
      await tx.$executeRaw`delete from classification_log`;
      await tx.$executeRaw`insert into classification_log (tenant_id, classification_id, taxonomy_id)
        select tenant_id, id, taxonomy_id from classification`;
    });
    await until('it has come', () => subscriber.received.length === 1);
    expect(referencesOf(subscriber)).toEqual(['untold']);
  });
  expect(heard.filter((notice) => notice.includes(tenantId))).toEqual([]);
});
