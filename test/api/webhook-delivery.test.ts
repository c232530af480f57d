import { Webhook as StandardWebhook } from 'standardwebhooks';
import { Webhook as SvixWebhook } from 'svix';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { parseAllowedTargets } from '../../src/outbound/allowed-targets.ts';
import { withClient } from '../support/database.ts';
import { createFakeNetwork } from '../support/fake-network.ts';
import { until } from '../support/poll.ts';
import { startReceiver, type Answer, type Received, type Receiver } from '../support/receiver.ts';
import { seed } from '../support/seed.ts';
import { ssrfForms, TREACHEROUS_NAMES } from '../support/ssrf-forms.ts';
import { startTestApp, type TestApp } from '../support/start-app.ts';
import type { UserError } from '../support/taxonomy-client.ts';
import { webhookClient, type Delivery, type WebhookClient } from '../support/webhook-client.ts';

const PUBLIC = '93.184.215.14';
const network = createFakeNetwork();
let app: TestApp;
let receiver: Receiver;
let webhooks: WebhookClient;
beforeAll(async () => {
  receiver = await startReceiver();
  const allowedPrivateTargets = parseAllowedTargets('10.77.0.0/16');
  app = await startTestApp({ allowedPrivateTargets }, { network });
  const { key } = await seed(app).withTenant('a').alone();
  webhooks = webhookClient(app, key);
  for (const [name, addresses] of Object.entries(TREACHEROUS_NAMES)) network.names.set(name, addresses);
  network.names.set('hooks.example.com', [PUBLIC]);
  for (const address of [PUBLIC, '10.77.0.1'])
    network.servers.set(address, Number(new URL(receiver.url).port));
});
afterAll(async () => {
  await app.stop();
  await receiver.stop();
});
beforeEach(() => {
  receiver.received.length = 0;
  receiver.answer = undefined;
  network.dialled.length = 0;
});

const made: string[] = [];
afterEach(async () => {
  for (const id of made.splice(0)) await webhooks.remove(id); // no retry reaches into another test
});
async function makeEndpoint(url = 'http://hooks.example.com/') {
  const { endpoint, secret } = await webhooks.createOrThrow({
    url,
    eventTypes: ['CLASSIFICATION_COMPLETED'],
  });
  made.push(endpoint.id);
  return { endpoint, secret };
}
const find = async (id: string): Promise<Delivery> =>
  (await webhooks.deliveries()).find((delivery) => delivery.id === id)!;

/** Sends a test event and waits for its first attempt. */
async function attempt(endpointId: string, answer?: Answer): Promise<Delivery> {
  receiver.answer = answer;
  const { id } = await webhooks.sendTest(endpointId);
  return until('the attempt', async () => {
    const delivery = await find(id);
    return delivery.attemptCount > 0 && delivery;
  });
}
const status =
  (code: number, headers: Record<string, string> = {}): Answer =>
  (_, response) =>
    void response.writeHead(code, headers).end('seen');

const accepts = (secret: string, headers: Record<string, string>, body: string): boolean => {
  const svix = Object.fromEntries(
    Object.entries(headers).map(([name, value]) => [name.replace('webhook-', 'svix-'), value]),
  );
  const verdicts = [
    () => new StandardWebhook(secret).verify(body, headers),
    () => new SvixWebhook(secret).verify(body, svix),
  ].map((verify) => {
    try {
      verify();
      return true;
    } catch {
      return false;
    }
  });
  expect(verdicts[0]).toBe(verdicts[1]);
  return verdicts[0]!;
};

describe('a signature', () => {
  it('is accepted by the verifiers of Standard Webhooks and Svix, and no changed bit is', async () => {
    const { endpoint, secret } = await makeEndpoint();
    await attempt(endpoint.id);
    const { headers, body } = receiver.received[0]!;
    expect(accepts(secret, headers, body)).toBe(true);
    expect(headers['webhook-id']).toMatch(/^event_[0-9a-z]{26}$/);
    const accepted: string[] = [];
    for (let bit = 0; bit < body.length * 8; bit++) {
      if (accepts(secret, headers, flip(body, bit))) accepted.push(`body ${bit}`);
    }
    for (const name of ['webhook-id', 'webhook-timestamp']) {
      for (let bit = 0; bit < headers[name]!.length * 8; bit++) {
        const changed = { ...headers, [name]: flip(headers[name]!, bit) };
        if (accepts(secret, changed, body)) accepted.push(`${name} ${bit}`);
      }
    }
    expect(accepted).toEqual([]);
    console.log(
      `refused by both: ${body.length * 8} single-bit changes of the body, and those of id and timestamp`,
    );
  });

  it('is made with both secrets while they overlap, and only with the new one afterwards', async () => {
    const { endpoint, secret: first } = await makeEndpoint();
    const rotated = await webhooks.rotate({ id: endpoint.id, overlapSeconds: 3600 });
    expect(rotated.endpoint!.previousSecretExpiresAt).not.toBeNull();
    await attempt(endpoint.id);
    const { headers, body } = receiver.received[0]!;
    expect(headers['webhook-signature']!.split(' ')).toHaveLength(2);
    for (const secret of [first, rotated.secret!]) {
      expect(accepts(secret, headers, body)).toBe(true);
      expect(accepts(secret, headers, flip(body, 77))).toBe(false);
    }
    const { secret: third } = await webhooks.rotate({ id: endpoint.id, overlapSeconds: 0 });
    await attempt(endpoint.id);
    const later = receiver.received[1]!;
    expect([first, rotated.secret!, third!].map((one) => accepts(one, later.headers, later.body))).toEqual([
      false,
      false,
      true,
    ]);
  });
});

describe('an answer', () => {
  it('of 2xx ends the delivery; request, answer and time are in its log', async () => {
    const { endpoint } = await makeEndpoint();
    const delivery = await attempt(endpoint.id, (_, response) =>
      response.writeHead(201, { 'x-seen': 'yes' }).end('ä'.repeat(5_000)),
    );
    expect(delivery).toMatchObject({ state: 'SUCCEEDED', failure: null, nextAttemptAt: null });
    const [logged] = delivery.attempts;
    const { headers, body, id } = receiver.received[0]!;
    expect(logged!.request).toMatchObject({ url: 'http://hooks.example.com/', body });
    expect(logged!.request.headers['webhook-signature']).toBe(headers['webhook-signature']);
    expect(logged!.response).toMatchObject({
      status: 201,
      headers: { 'x-seen': 'yes' },
      body: 'ä'.repeat(2_048),
    });
    expect(logged!.durationMs).toBeGreaterThan(0);
    expect(id).toBe(delivery.event.id);
  });

  it.each([
    ['400', status(400), /answered 400/],
    ['500', status(500), /answered 500/],
    ['a redirect, which is not followed', status(302, { location: 'http://127.0.0.1/' }), /302: redirects/],
    ['none, but a broken connection', ((_, response) => response.socket!.destroy()) as Answer, /broke off/],
  ])('of %s fails the attempt', async (_, answer, error) => {
    const { endpoint } = await makeEndpoint();
    const delivery = await attempt(endpoint.id, answer);
    expect(delivery).toMatchObject({ state: 'PENDING', nextAttemptAt: expect.any(String) });
    expect(delivery.attempts[0]!.error).toMatch(error);
    expect(network.dialled.map(({ addresses }) => addresses)).toEqual([[PUBLIC]]);
  });

  it('that fails is asked for again 5 s later, with the same bytes under the same webhook-id', async () => {
    const { endpoint } = await makeEndpoint();
    const before = Date.now();
    const delivery = await attempt(endpoint.id, status(500));
    receiver.answer = undefined;
    expect(Date.parse(delivery.nextAttemptAt!) - before).toBeGreaterThanOrEqual(5_000);
    const done = await until('the next attempt', async () => {
      const now = await find(delivery.id);
      return now.state === 'SUCCEEDED' && now;
    });
    expect(new Set(receiver.received.map(({ id }) => id))).toEqual(new Set([delivery.event.id]));
    expect(new Set(receiver.received.map(({ body }) => body)).size).toBe(1);
    expect(done.attempts.map(({ number }) => number)).toEqual([1, 2]);
  });

  it('of 503 with Retry-After puts the next attempt off as long', async () => {
    const { endpoint } = await makeEndpoint();
    const before = Date.now();
    const { nextAttemptAt } = await attempt(endpoint.id, status(503, { 'retry-after': '7200' }));
    const dueMs = Date.parse(nextAttemptAt!) - before;
    expect(dueMs).toBeGreaterThanOrEqual(7_200_000);
    expect(dueMs).toBeLessThan(7_260_000);
  });

  it('of 410 disables the endpoint with a notice, and what was pending fails', async () => {
    const { endpoint } = await makeEndpoint();
    const waiting = await attempt(endpoint.id, status(500));
    const { state, failure } = await attempt(endpoint.id, status(410));
    expect([state, failure]).toEqual(['FAILED', expect.stringContaining('410')]);
    expect(await webhooks.endpoint(endpoint.id)).toMatchObject({
      isEnabled: false,
      notice: expect.stringContaining('410'),
    });
    const given = await until('the other delivery', async () => {
      const now = await find(waiting.id);
      return now.state === 'FAILED' && now;
    });
    expect(given).toMatchObject({ failure: 'The webhook endpoint was disabled.', attemptCount: 1 });
    const refused = await webhooks.redeliver({ endpointId: endpoint.id });
    expect(refused.userErrors).toMatchObject([{ code: 'INVALID_INPUT', path: ['endpointId'] }]);

    receiver.answer = undefined;
    const { endpoint: enabled } = await webhooks.update({ id: endpoint.id, isEnabled: true });
    expect(enabled).toMatchObject({ isEnabled: true, notice: null, failingSince: null });
    expect(await webhooks.redeliver({ endpointId: endpoint.id, onlyFailed: true })).toMatchObject({
      redeliveredCount: 2,
    });
    await until('both are there', async () =>
      (await webhooks.deliveries({ endpointId: endpoint.id })).every((one) => one.state === 'SUCCEEDED'),
    );
  });
});

it('a delivery that cannot be signed waits, the log says why, and it is sent once the secret is another', async () => {
  const { endpoint } = await makeEndpoint();
  await withClient(app.database.superuserUrl, (client) =>
    client.query(`update webhook_endpoint set secret = set_byte(secret, 1, get_byte(secret, 1) # 255)`),
  );
  const logged = vi.spyOn(app.services.logger, 'error');
  const { id } = await webhooks.sendTest(endpoint.id);
  await until('the log', () => logged.mock.calls.length > 0);
  expect(logged.mock.calls[0]).toMatchObject([
    { err: { name: 'WrongKeyError' } },
    'webhook attempt not made',
  ]);
  logged.mockRestore();
  expect(await find(id)).toMatchObject({ state: 'PENDING', attemptCount: 0 });
  await webhooks.rotate({ id: endpoint.id, overlapSeconds: 0 });
  await until('it is there', async () => (await find(id)).state === 'SUCCEEDED');
});

describe('redeliver', () => {
  it('sends one delivery again under its webhook-id', async () => {
    const { endpoint } = await makeEndpoint();
    const { id } = await attempt(endpoint.id);
    expect(await webhooks.redeliver({ deliveryIds: [id] })).toMatchObject({ redeliveredCount: 1 });
    const again = await until('the second attempt', async () => {
      const now = await find(id);
      return now.attemptCount === 2 && now;
    });
    expect(again.state).toBe('SUCCEEDED');
    expect(new Set(receiver.received.map((one: Received) => one.id)).size).toBe(1);
  });

  it('sends those of an endpoint since a time, once each, though they wait for their next attempt', async () => {
    const { endpoint } = await makeEndpoint();
    await attempt(endpoint.id, status(500));
    const later = await attempt(endpoint.id, status(500, { 'retry-after': '3600' }));
    receiver.answer = undefined;
    receiver.received.length = 0;
    const { createdAt } = (
      await app.graphql<{ node: { createdAt: string } }>(
        'query ($id: ID!) { node(id: $id) { ... on WebhookDelivery { createdAt } } }',
        { id: later.id },
        webhooks.key,
      )
    ).node;
    const input = { endpointId: endpoint.id, since: createdAt };
    expect(await webhooks.redeliver(input)).toMatchObject({ redeliveredCount: 1 });
    await until('it is there', async () => (await find(later.id)).state === 'SUCCEEDED');
    expect(receiver.received.filter(({ id }) => id === later.event.id)).toHaveLength(1);
  });

  it('wants either deliveries or an endpoint', async () => {
    for (const input of [{}, { deliveryIds: [], endpointId: 'endpoint_01h2xcejqtf2nbrexx3vqjhp41' }]) {
      expect((await webhooks.redeliver(input)).userErrors).toMatchObject([{ code: 'INVALID_INPUT' }]);
    }
  });
});

describe('a target that may not be reached', () => {
  it('is refused in every form when it is saved, in the same words, and nothing is connected to', async () => {
    const forms = Object.values(ssrfForms(Number(new URL(receiver.url).port)));
    expect(forms.length).toBeGreaterThan(60);
    const { endpoint } = await makeEndpoint();
    const errors: UserError[] = [];
    for (const url of forms) {
      const created = await webhooks.create({ url, eventTypes: ['WEBHOOK_TEST'] });
      const updated = await webhooks.update({ id: endpoint.id, url });
      expect([created.endpoint, updated.endpoint]).toEqual([null, null]);
      errors.push(...created.userErrors, ...updated.userErrors);
    }
    expect(errors).toEqual(errors.map(() => errors[0]));
    expect(errors[0]).toMatchObject({ code: 'URL_NOT_ALLOWED', path: ['url'] });
    expect([network.dialled, receiver.received]).toEqual([[], []]);
  });

  it('is not reached by a name that leads elsewhere by the time of the request', async () => {
    network.names.set('moves.example.com', [PUBLIC]);
    const { endpoint } = await makeEndpoint('http://moves.example.com/');
    for (const inside of [['127.0.0.1'], ['169.254.169.254'], [PUBLIC, '10.0.0.1']]) {
      network.names.set('moves.example.com', inside);
      const delivery = await attempt(endpoint.id);
      expect(delivery.attempts[0]).toMatchObject({
        error: 'Its address may not be reached.',
        response: null,
      });
    }
    expect([network.dialled, receiver.received]).toEqual([[], []]);
  });

  it('is reached where the operator allows it', async () => {
    const { endpoint } = await makeEndpoint('http://10.77.0.1:8080/');
    expect(await attempt(endpoint.id)).toMatchObject({ state: 'SUCCEEDED' });
  });
});

/** The text with one bit of its bytes changed; those that are no UTF-8 become what a receiver would read. */
function flip(text: string, bit: number): string {
  const bytes = Buffer.from(text);
  bytes[bit >> 3]! ^= 1 << (bit & 7);
  return bytes.toString();
}

describe('/metrics', () => {
  const scrape = async () => (await fetch(`${app.url}/metrics`)).text();
  const attempts = async (taken: boolean) =>
    Number(
      new RegExp(`^taxolens_webhook_attempt_duration_seconds_count{taken="${taken}"} (\\d+)$`, 'm').exec(
        await scrape(),
      )?.[1] ?? 0,
    );

  it('counts an attempt that was taken, and one that was not', async () => {
    const { endpoint } = await makeEndpoint();
    const before = [await attempts(true), await attempts(false)];
    await attempt(endpoint.id);
    await attempt(endpoint.id, status(500));
    expect([await attempts(true), await attempts(false)]).toEqual(before.map((count) => count + 1));
  });

  it('shows the retry that waits for its time', async () => {
    const { endpoint } = await makeEndpoint();
    await attempt(endpoint.id, status(500));
    const deferred = /^taxolens_jobs{queue="[^"]*slow[^"]*",state="deferred"} [1-9]/m;
    expect(await until('the count', async () => deferred.test(await scrape()))).toBe(true);
  });
});
