import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createPrisma } from '../../src/database/connect.ts';
import { createPayloadSelections } from '../../src/graphql/payload-selections.ts';
import { toUuid } from '../../src/ids.ts';
import { parseAllowedTargets } from '../../src/outbound/allowed-targets.ts';
import { createTenantDb } from '../../src/tenancy/tenant-db.ts';
import { classify, readExample } from '../support/classify.ts';
import { withClient } from '../support/database.ts';
import { until } from '../support/poll.ts';
import { startReceiver, type Receiver } from '../support/receiver.ts';
import { seed, type LabelSeed, type SeededTenant } from '../support/seed.ts';
import { silentLogger } from '../support/silent-logger.ts';
import { startTestApp, type TestApp } from '../support/start-app.ts';
import { taxonomyClient } from '../support/taxonomy-client.ts';
import { webhookClient, type WebhookClient } from '../support/webhook-client.ts';

const cat = readExample('one-cat.png');
const dog = readExample('one-dog.jpg');
const broken = new Uint8Array(200).fill(7);
const named = (key: string, parentKey?: string): LabelSeed => ({
  key,
  names: { en: key },
  ...(parentKey && { parentKey }),
});

let app: TestApp;
let receiver: Receiver;
let tenant: SeededTenant & { taxonomy: { id: string } };
let webhooks: WebhookClient;
beforeAll(async () => {
  receiver = await startReceiver();
  app = await startTestApp({ allowedPrivateTargets: parseAllowedTargets('127.0.0.1') });
  tenant = await seed(app)
    .withTenant('a')
    .withTaxonomy([named('animal'), named('pet', 'animal'), named('cat', 'pet'), named('dog')]);
  webhooks = webhookClient(app, tenant.key);
});
afterAll(async () => {
  await app.stop();
  await receiver.stop();
});
beforeEach(() => {
  receiver.received.length = 0;
});

/** An endpoint at a path of its own, and what came there. */
async function subscribe(path: string, input: object) {
  const { endpoint } = await webhooks.createOrThrow({ url: `${receiver.url}${path}`, ...input });
  return { ...endpoint, received: () => receiver.received.filter((one) => one.path === `/${path}`) };
}
const send = (images: Uint8Array<ArrayBuffer>[], options: object = {}) =>
  classify(app, { images, key: tenant.key, ...options });

/** Everything that was to be sent has come. */
const settled = () =>
  until('nothing is pending', async () => (await webhooks.deliveries({ state: 'PENDING' })).length === 0);

describe('a classification', () => {
  it('is told as it was recorded', async () => {
    const endpoint = await subscribe('completed', { eventTypes: ['CLASSIFICATION_COMPLETED'] });
    const { payload } = await send([cat], { references: ['photo 1'], metadata: [{ shelf: 7 }] });
    const [received] = await until('the event', () => endpoint.received().length > 0 && endpoint.received());
    const [outcome] = payload!.results[0]!.outcomes;
    expect(received!.payload).toEqual({
      type: 'classification.completed',
      version: 1,
      timestamp: expect.stringMatching(/^\d{4}-.*Z$/),
      data: {
        id: outcome!.id,
        createdAt: received!.payload.data.createdAt,
        requestId: expect.any(String),
        reference: 'photo 1',
        metadata: { shelf: 7 },
        taxonomy: { id: tenant.taxonomy.id, name: 'animals' },
        taxonomyVersion: { id: outcome!.taxonomyVersion!.id, number: 1 },
        model: outcome!.model,
        image: payload!.results[0]!.image,
        language: 'en',
        predictions: outcome!.predictions!.map(({ label, name, score, similarity, path }) => ({
          label: { key: label.key, path: path.map(({ key }) => key) },
          name,
          score,
          similarity,
        })),
      },
    });
    expect(received!.headers['content-type']).toBe('application/json');
    await webhooks.remove(endpoint.id);
  });

  it('that fails is told, and the others of its request too', async () => {
    const endpoint = await subscribe('failed', {
      eventTypes: ['CLASSIFICATION_COMPLETED', 'CLASSIFICATION_FAILED'],
    });
    await send([broken, dog], { references: ['bad', 'good'] });
    await until('both events', () => endpoint.received().length === 2);
    const told = endpoint.received().map(({ payload }) => [payload.type, payload.data.reference]);
    expect(told.toSorted()).toEqual([
      ['classification.completed', 'good'],
      ['classification.failed', 'bad'],
    ]);
    const failed = endpoint.received().find(({ payload }) => payload.type === 'classification.failed');
    expect(failed!.payload.data).toMatchObject({ index: 0, error: { code: 'IMAGE_UNSUPPORTED' } });
    await webhooks.remove(endpoint.id);
  });

  it('goes to those endpoints alone whose filter it meets', async () => {
    await tenant.createTaxonomy(['cat', 'dog'], { name: 'others' });
    const eventTypes = ['CLASSIFICATION_COMPLETED'];
    const endpoints = {
      all: await subscribe('all', { eventTypes }),
      taxonomy: await subscribe('taxonomy', { eventTypes, filter: { taxonomyId: tenant.taxonomy.id } }),
      cat: await subscribe('cat', { eventTypes, filter: { labelKey: 'cat' } }),
      animal: await subscribe('animal', { eventTypes, filter: { labelKey: 'animal' } }),
      certain: await subscribe('certain', { eventTypes, filter: { minScore: 1 } }),
      published: await subscribe('published', { eventTypes: ['TAXONOMY_PUBLISHED'] }),
    };
    const { payload } = await send([cat, dog], { taxonomies: ['animals', 'others'] });
    const tops = payload!.results.map(({ outcomes }) => outcomes[0]!.predictions![0]!.label.key);
    await settled();
    const counts = Object.entries(endpoints).map(([name, { received }]) => [name, received().length]);
    const cats = payload!.results.flatMap(({ outcomes }) =>
      outcomes.filter(({ predictions }) => predictions![0]!.label.key === 'cat'),
    ).length;
    expect(Object.fromEntries(counts)).toEqual({
      all: 4,
      taxonomy: 2,
      cat: cats,
      animal: tops.filter((key) => key !== 'dog').length,
      certain: 0,
      published: 0,
    });
    expect(cats).toBeGreaterThan(0);
    for (const { id } of Object.values(endpoints)) await webhooks.remove(id);
  });

  it('that nobody asked to be told of leaves no event', async () => {
    await send([cat]);
    const events = await app.services.db.withTenant(tenantUuid(), (tx) => tx.webhookEvent.count());
    expect(events).toBe(0);
  });

  it('that is replayed under its idempotency key is told once', async () => {
    const endpoint = await subscribe('once', { eventTypes: ['CLASSIFICATION_COMPLETED'] });
    for (let time = 0; time < 3; time++) await send([cat], { input: { idempotencyKey: 'told once' } });
    await settled();
    expect(endpoint.received()).toHaveLength(1);
    await webhooks.remove(endpoint.id);
  });
});

describe('a publication', () => {
  it('is told once its version is READY', async () => {
    const endpoint = await subscribe('published', {
      eventTypes: ['TAXONOMY_PUBLISHED'],
      filter: { taxonomyId: tenant.taxonomy.id },
    });
    const { version } = await taxonomyClient(app, tenant.key).publish(tenant.taxonomy.id, { note: 'again' });
    await tenant.createTaxonomy(['apple'], { name: 'fruit' });
    await until('the event', () => endpoint.received().length > 0);
    await settled();
    expect(endpoint.received().map(({ payload }) => [payload.type, payload.data])).toEqual([
      [
        'taxonomy.published',
        expect.objectContaining({
          taxonomy: { id: tenant.taxonomy.id, name: 'animals' },
          version: expect.objectContaining({ id: version!.id, number: version!.number, note: 'again' }),
        }),
      ],
    ]);
    await webhooks.remove(endpoint.id);
  });
});

describe("an endpoint's selection", () => {
  const selection = `fragment Payload on Classification { id reference top { ...Best } }
    fragment Best on Prediction { label { key } path { key } }
    fragment Version on TaxonomyVersion { number labelCount taxonomy { name } }`;

  it('is the data of its payloads, executed as the tenant', async () => {
    const eventTypes = ['CLASSIFICATION_COMPLETED', 'TAXONOMY_PUBLISHED', 'WEBHOOK_TEST'];
    const endpoint = await subscribe('selected', { eventTypes, selection });
    const { payload } = await send([dog], { references: ['x'] });
    await until('the first event', () => endpoint.received().length === 1);
    await taxonomyClient(app, tenant.key).publish(tenant.taxonomy.id);
    await until('the second event', () => endpoint.received().length === 2);
    const { id, predictions } = payload!.results[0]!.outcomes[0]!;
    const [top] = predictions!;
    expect(endpoint.received().map((one) => one.payload.data)).toEqual([
      { id, reference: 'x', top: { label: { key: top!.label.key }, path: top!.path } },
      { number: 3, labelCount: 4, taxonomy: { name: 'animals' } },
    ]);
    await webhooks.remove(endpoint.id);
  });

  it('that the schema does not know any more fails its deliveries, until it is another', async () => {
    const eventTypes = ['CLASSIFICATION_COMPLETED'];
    const endpoint = await subscribe('outdated', { eventTypes, selection });
    await withClient(app.database.superuserUrl, (client) =>
      client.query(`update webhook_endpoint set selection = 'fragment P on Classification { gone }'`),
    );
    await send([dog], { references: ['y'] });
    const failed = await until('its end', async () => (await webhooks.deliveries({ state: 'FAILED' }))[0]);
    expect(failed).toMatchObject({ attemptCount: 0, failure: expect.stringMatching(/Cannot query field/) });
    expect(endpoint.received()).toEqual([]);
    await webhooks.update({ id: endpoint.id, selection });
    await webhooks.redeliver({ endpointId: endpoint.id, onlyFailed: true });
    const [received] = await until('the event', () => endpoint.received().length > 0 && endpoint.received());
    expect(received!.payload.data).toMatchObject({ reference: 'y' });
    await webhooks.remove(endpoint.id);
  });

  it('is not taken for one of nothing while the database cannot be reached', async () => {
    const prisma = createPrisma({ url: 'postgresql://nobody@127.0.0.1:1/nothing', logger: silentLogger });
    const payloads = createPayloadSelections(() => ({ ...app.services, db: createTenantDb(prisma) }));
    const event = { tenantId: tenantUuid(), subjectId: 'classification_01h2xcejqtf2nbrexx3vqjhp41' };
    await expect(payloads.select(selection, event)).rejects.toMatchObject({ code: 'OVERLOADED' });
    await prisma.$disconnect();
  });

  it.each([
    ['is no GraphQL', 'fragment Payload on', /Syntax Error/],
    ['selects what is not there', 'fragment P on Classification { nothing }', /Cannot query field/],
    ['is an operation', '{ viewer { isOperator } }', /fragments only/],
    ['lacks the object of an event', 'fragment P on TaxonomyVersion { number }', /needs a fragment on Class/],
    [
      'asks for variables',
      'fragment P on Classification { predictions(first: $n) { name } }',
      /Variable "\$n"/,
    ],
    [
      'nests too deep',
      `fragment P on Classification { top { label { ${'parent { '.repeat(9)} key ${'}'.repeat(9)} } } }`,
      /at most 10 levels/,
    ],
    [
      'costs too much',
      `fragment P on Classification { taxonomyVersion { labels(first: 1000) { nodes { children { children { key } } } } } }`,
      /at most 100000/,
    ],
  ])('is refused where it %s', async (_, bad, message) => {
    const { endpoint, userErrors } = await webhooks.create({
      url: receiver.url,
      eventTypes: ['CLASSIFICATION_COMPLETED'],
      selection: bad,
    });
    expect(endpoint).toBeNull();
    expect(userErrors).toEqual([
      { code: 'INVALID_INPUT', message: expect.stringMatching(message), path: ['selection'] },
    ]);
  });
});

const tenantUuid = () => toUuid('tenant', tenant.id)!;
