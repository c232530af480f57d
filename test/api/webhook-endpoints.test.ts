import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { toUuid } from '../../src/ids.ts';
import { WEBHOOK_LIMITS } from '../../src/limits.ts';
import { parseAllowedTargets } from '../../src/outbound/allowed-targets.ts';
import { lockEndpoint } from '../../src/webhooks/endpoints.ts';
import { deleteOldEvents } from '../../src/webhooks/retention.ts';
import { classify, readExample } from '../support/classify.ts';
import { withClient } from '../support/database.ts';
import { until } from '../support/poll.ts';
import { startReceiver, type Receiver } from '../support/receiver.ts';
import { seed, type SeededTenant } from '../support/seed.ts';
import { startTestApp, type TestApp } from '../support/start-app.ts';
import { webhookClient, type WebhookClient } from '../support/webhook-client.ts';

let app: TestApp;
let receiver: Receiver;
let tenant: SeededTenant & { taxonomy: { id: string } };
let webhooks: WebhookClient;
beforeAll(async () => {
  receiver = await startReceiver();
  app = await startTestApp({ allowedPrivateTargets: parseAllowedTargets('127.0.0.1') });
  tenant = await seed(app).withTenant('a').withTaxonomy(['cat']);
  webhooks = webhookClient(app, tenant.key);
});
afterAll(async () => {
  await app.stop();
  await receiver.stop();
});

interface EndpointPage {
  nodes: { id: string }[];
  pageInfo: { hasNextPage: boolean; endCursor: string };
}

const usual = () => ({ url: receiver.url, eventTypes: ['CLASSIFICATION_COMPLETED'] });
const FIELDS = `id url description eventTypes filter { taxonomyId labelKey minScore } payloadVersion selection
  isEnabled disabledAt notice failingSince previousSecretExpiresAt`;
async function read(id: string): Promise<Record<string, unknown>> {
  const query = `query ($id: ID!) { node(id: $id) { ... on WebhookEndpoint { ${FIELDS} } } }`;
  return (await app.graphql<{ node: Record<string, unknown> }>(query, { id }, tenant.key)).node;
}

describe('an endpoint', () => {
  it('is what it was told to be, and changes only where it is told to', async () => {
    const filter = { taxonomyId: tenant.taxonomy.id, labelKey: 'cat', minScore: 0.5 };
    const { endpoint } = await webhooks.createOrThrow({ ...usual(), description: 'shop', filter });
    const made = await read(endpoint.id);
    expect(made).toMatchObject({
      ...usual(),
      description: 'shop',
      filter,
      payloadVersion: 1,
      isEnabled: true,
    });
    await webhooks.update({ id: endpoint.id, description: 'other' });
    expect(await read(endpoint.id)).toEqual({ ...made, description: 'other' });
    await webhooks.update({ id: endpoint.id, filter: { labelKey: 'dog' } });
    expect((await read(endpoint.id)).filter).toEqual({ taxonomyId: null, labelKey: 'dog', minScore: null });
    await webhooks.update({ id: endpoint.id, filter: null, description: null, isEnabled: false });
    expect(await read(endpoint.id)).toEqual({
      ...made,
      filter: null,
      description: null,
      isEnabled: false,
      disabledAt: expect.any(String),
    });
    expect(await webhooks.remove(endpoint.id)).toMatchObject({ deletedId: endpoint.id, userErrors: [] });
    expect(await read(endpoint.id)).toBeNull();
  });

  it.each<[string, object, string, string[]]>([
    ['no type of events', { eventTypes: [] }, 'INVALID_INPUT', ['eventTypes']],
    ['a score above 1', { filter: { minScore: 1.1 } }, 'INVALID_INPUT', ['filter', 'minScore']],
    ['a label without a name', { filter: { labelKey: '' } }, 'INVALID_INPUT', ['filter', 'labelKey']],
    ['no taxonomy', { filter: { taxonomyId: 'nonsense' } }, 'NOT_FOUND', ['filter', 'taxonomyId']],
    ['a version that is not there', { payloadVersion: 2 }, 'INVALID_INPUT', ['payloadVersion']],
    ['a long description', { description: 'x'.repeat(501) }, 'INVALID_INPUT', ['description']],
  ])('is refused with %s', async (_, wrong, code, path) => {
    const { endpoint } = await webhooks.createOrThrow(usual());
    for (const payload of [
      await webhooks.create({ ...usual(), ...wrong }),
      await webhooks.update({ id: endpoint.id, ...wrong }),
    ]) {
      expect(payload.endpoint).toBeNull();
      expect(payload.userErrors).toMatchObject([{ code, path }]);
    }
    await webhooks.remove(endpoint.id);
  });

  it("keeps its secret sealed, and away from whoever reads the database's rows", async () => {
    const { endpoint, secret } = await webhooks.createOrThrow(usual());
    const row = await withClient(app.database.superuserUrl, async (client) => {
      const { rows } = await client.query(
        `select row_to_json(e)::text as text, secret from webhook_endpoint e where id = $1`,
        [toUuid('endpoint', endpoint.id)],
      );
      return `${rows[0].text} ${rows[0].secret.toString('latin1')}`; // a sealed secret may hold any byte
    });
    expect(secret).toMatch(/^whsec_[A-Za-z0-9+/]{43}=$/);
    expect(row).not.toContain(secret.slice('whsec_'.length));
    expect(row).not.toContain('whsec_');
    await webhooks.remove(endpoint.id);
  });

  it('is one of 50 at most', async () => {
    const many = Array.from({ length: WEBHOOK_LIMITS.endpoints + 5 }, () => webhooks.create(usual()));
    const made = (await Promise.all(many)).filter(({ endpoint }) => endpoint !== null);
    expect(made).toHaveLength(WEBHOOK_LIMITS.endpoints);
    const seen: string[] = [];
    for (let after: string | null = null; ;) {
      const { webhookEndpoints }: { webhookEndpoints: EndpointPage } = await app.graphql(
        `query ($after: String) { webhookEndpoints(first: 20, after: $after) {
          nodes { id } pageInfo { hasNextPage endCursor } } }`,
        { after },
        tenant.key,
      );
      seen.push(...webhookEndpoints.nodes.map(({ id }) => id));
      if (!webhookEndpoints.pageInfo.hasNextPage) break;
      after = webhookEndpoints.pageInfo.endCursor;
    }
    expect(seen).toEqual(
      made
        .map(({ endpoint }) => endpoint!.id)
        .toSorted()
        .toReversed(),
    );
    for (const id of seen) await webhooks.remove(id);
  });
});

it('an endpoint is deleted with more deliveries than one transaction deletes, and the events that no other endpoint got', async () => {
  const [full, other] = [await webhooks.createOrThrow(usual()), await webhooks.createOrThrow(usual())];
  const shared = 25;
  await withClient(app.database.superuserUrl, async (client) => {
    const [tenantId, ...endpointIds] = [
      toUuid('tenant', tenant.id),
      ...[full, other].map(({ endpoint }) => toUuid('endpoint', endpoint.id)),
    ];
    await client.query(
      `with event as (
         insert into webhook_event (tenant_id, id, type, data, created_at)
         select $1, gen_random_uuid(), 'webhook.test', '{}', now() from generate_series(1, 2500) returning id
       ), delivery as (
         insert into webhook_delivery (tenant_id, id, endpoint_id, event_id, state, payload_version, created_at)
         select $1::uuid, gen_random_uuid(), $2::uuid, id, 'SUCCEEDED'::webhook_delivery_state, 1, now() from event
         union all (select $1, gen_random_uuid(), $3, id, 'SUCCEEDED', 1, now() from event limit ${shared})
         returning id
       ) insert into delivery_attempt (tenant_id, delivery_id, number, started_at, duration_ms, url, request_headers)
         select $1, id, 1, now(), 1, 'http://x/', '{}' from delivery`,
      [tenantId, ...endpointIds],
    );
  });
  expect(await webhooks.remove(full.endpoint.id)).toMatchObject({ userErrors: [] });
  const { db } = app.services;
  const left = await db.withTenant(toUuid('tenant', tenant.id)!, async (tx) => [
    await tx.webhookEvent.count(),
    await tx.webhookDelivery.count(),
    await tx.deliveryAttempt.count(),
  ]);
  expect(left).toEqual([shared, shared, shared]);
  await webhooks.remove(other.endpoint.id);
});

it('a classification does not wait for the change of an endpoint that is told of it', async () => {
  const { endpoint } = await webhooks.createOrThrow(usual());
  const tenantId = toUuid('tenant', tenant.id)!;
  const told = await app.services.db.withTenant(tenantId, async (tx) => {
    await lockEndpoint(tx, tenantId, toUuid('endpoint', endpoint.id)!);
    const { payload } = await classify(app, { images: [readExample('one-cat.png')], key: tenant.key });
    return payload!.results[0]!.outcomes.length;
  });
  expect(told).toBe(1);
  await webhooks.remove(endpoint.id);
});

it('webhooks are for keys of scope ADMIN, and look to another tenant as if they were not there', async () => {
  const { endpoint } = await webhooks.createOrThrow(usual());
  const { id: deliveryId } = await webhooks.sendTest(endpoint.id);
  await until('it is there', async () => (await webhooks.deliveries({ state: 'SUCCEEDED' })).length === 1);
  const [delivery] = await webhooks.deliveries();

  const weak = webhookClient(app, await tenant.createKey('CLASSIFY', 'TAXONOMY_READ', 'TAXONOMY_WRITE'));
  for (const attempt of [
    () => weak.deliveries(),
    () => weak.remove(endpoint.id),
    () => weak.create(usual()),
  ]) {
    await expect(attempt()).rejects.toThrow(/FORBIDDEN/);
  }

  const other = await seed(app).withTenant('b').alone();
  const stranger = webhookClient(app, other.key);
  const absent = 'endpoint_01h2xcejqtf2nbrexx3vqjhp41';
  for (const ask of [
    (id: string) => stranger.update({ id, description: 'mine' }),
    (id: string) => stranger.rotate({ id }),
    (id: string) => stranger.remove(id),
    (id: string) => stranger.redeliver({ endpointId: id }),
  ]) {
    const answer = await ask(endpoint.id);
    expect(answer.userErrors[0]!.code).toBe('NOT_FOUND');
    expect(await ask(absent)).toEqual(answer);
    expect(await ask('nonsense')).toEqual(answer);
  }
  expect(await stranger.redeliver({ deliveryIds: [deliveryId] })).toMatchObject({ redeliveredCount: 0 });
  expect(await stranger.deliveries()).toEqual([]);
  const { nodes } = await app.graphql<{ nodes: unknown[] }>(
    'query ($ids: [ID!]!) { nodes(ids: $ids) { id } }',
    { ids: [endpoint.id, deliveryId, delivery!.event.id] },
    other.key,
  );
  expect(nodes).toEqual([null, null, null]);
  await webhooks.remove(endpoint.id);
});

it('a delivery that is begun anew while old ones are deleted is kept, with its event', async () => {
  const { endpoint } = await webhooks.createOrThrow(usual());
  const { id } = await webhooks.sendTest(endpoint.id);
  await until('it is there', async () => (await webhooks.deliveries({ state: 'SUCCEEDED' })).length === 1);
  await withClient(app.database.superuserUrl, async (client) => {
    await client.query('begin');
    await client.query(`update webhook_delivery set state = 'PENDING'`);
    const deletion = deleteOldEvents(app.services.db, new Date(Date.now() + 1_000));
    const waiting = `select from pg_stat_activity where wait_event_type = 'Lock' and datname = current_database()`;
    await until('the deletion waits', async () => ((await client.query(waiting)).rowCount ?? 0) > 0);
    await client.query('commit');
    await deletion.catch(() => {}); // it may fail and be left to the next time
  });
  expect((await webhooks.deliveries()).map((one) => [one.id, one.state])).toEqual([[id, 'PENDING']]);
  await webhooks.remove(endpoint.id);
});

it('events are deleted when they are old and their deliveries have ended, with all that was sent', async () => {
  const { endpoint } = await webhooks.createOrThrow(usual());
  receiver.answer = (_, response) => response.writeHead(500).end();
  const pending = await webhooks.sendTest(endpoint.id);
  await until('it has failed once', async () =>
    (await webhooks.deliveries()).some((one) => one.attemptCount === 1),
  );
  receiver.answer = undefined;
  await webhooks.sendTest(endpoint.id);
  await until(
    'the other is there',
    async () => (await webhooks.deliveries({ state: 'SUCCEEDED' })).length === 1,
  );
  const { db } = app.services;
  expect(await deleteOldEvents(db, new Date(Date.now() - 60_000))).toBe(0);
  await withClient(app.database.superuserUrl, (client) =>
    client.query(`update webhook_delivery set next_attempt_at = now() + interval '1 day', series = 99
                  where state = 'PENDING'`),
  );
  expect(await deleteOldEvents(db, new Date(Date.now() + 1_000))).toBe(1);
  expect((await webhooks.deliveries()).map(({ id }) => id)).toEqual([pending.id]);
  await webhooks.remove(endpoint.id);
  const { rows } = await withClient(app.database.superuserUrl, (client) =>
    client.query(
      'select (select count(*) from webhook_event) + (select count(*) from delivery_attempt) as left',
    ),
  );
  expect(rows).toEqual([{ left: '0' }]);
});
