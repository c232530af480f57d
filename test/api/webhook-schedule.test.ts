import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { parseAllowedTargets } from '../../src/outbound/allowed-targets.ts';
import { ATTEMPT_DELAYS_SECONDS, type Clock } from '../../src/webhooks/schedule.ts';
import { withClient } from '../support/database.ts';
import { until } from '../support/poll.ts';
import { startReceiver, type Receiver } from '../support/receiver.ts';
import { seed } from '../support/seed.ts';
import { startTestApp, type TestApp } from '../support/start-app.ts';
import { webhookClient, type Delivery, type WebhookClient } from '../support/webhook-client.ts';

const DAY_MS = 86_400_000;
/** Stands until it is moved; ahead of the database's clock, so that nothing is due before it is. */
const clock: Clock & { nowMs: number; share: number } = {
  nowMs: Date.now() + DAY_MS,
  share: 0,
  now: () => new Date(clock.nowMs),
  random: () => clock.share,
};

let app: TestApp;
let receiver: Receiver;
let webhooks: WebhookClient;
beforeAll(async () => {
  receiver = await startReceiver();
  app = await startTestApp({ allowedPrivateTargets: parseAllowedTargets('127.0.0.1') }, { clock });
  const { key } = await seed(app).withTenant('a').alone();
  webhooks = webhookClient(app, key);
});
afterAll(async () => {
  await app.stop();
  await receiver.stop();
});
beforeEach(() => {
  receiver.received.length = 0;
  clock.share = 0;
});

const makeEndpoint = async () =>
  (await webhooks.createOrThrow({ url: receiver.url, eventTypes: ['TAXONOMY_PUBLISHED'] })).endpoint.id;
const find = async (id: string) => (await webhooks.deliveries()).find((delivery) => delivery.id === id)!;
const afterAttempts = (id: string, count: number): Promise<Delivery> =>
  until(`attempt ${count}`, async () => {
    const delivery = await find(id);
    return delivery.attemptCount >= count && delivery;
  });

/** Moves the clock to the next attempt, and the queue's job, which goes by the database's clock, with it. */
async function jumpTo({ nextAttemptAt }: Delivery): Promise<void> {
  const dueMs = Date.parse(nextAttemptAt!);
  clock.nowMs = dueMs; // first: the job may run as soon as it is moved
  await withClient(app.database.superuserUrl, async (client) => {
    const { rows } = await client.query<{ due: Date }>(
      `update pgboss.job j set start_after = now() from pgboss.job before
       where before.id = j.id and before.name = j.name and j.name like 'deliver-webhook%' and j.state < 'active'
       returning before.start_after as due`,
    );
    expect(rows.map(({ due }) => due.getTime())).toContain(dueMs);
  });
}

it.each([0, 1])(
  'is tried 8 times: at once, then after 5 s, 5 min, 30 min, 2 h, 5 h, 10 h and 10 h, with jitter %d',
  async (share) => {
    clock.share = share;
    receiver.answer = (_, response) => response.writeHead(500).end();
    let delivery = await webhooks.sendTest(await makeEndpoint());
    const waitedSeconds: number[] = [];
    for (let count = 1; count < 8; count++) {
      delivery = await afterAttempts(delivery.id, count);
      expect(delivery.state).toBe('PENDING');
      waitedSeconds.push((Date.parse(delivery.nextAttemptAt!) - clock.nowMs) / 1000);
      await jumpTo(delivery);
    }
    const expected = [5, 300, 1_800, 7_200, 18_000, 36_000, 36_000].map((one) => one * (1 + share * 0.1));
    expect(waitedSeconds.map(Math.round)).toEqual(expected.map(Math.round));
    const last = await afterAttempts(delivery.id, 8);
    expect(last).toMatchObject({ state: 'FAILED', nextAttemptAt: null, failure: 'It answered 500.' });
    expect(new Set(receiver.received.map(({ id }) => id)).size).toBe(1);
    const stamps = receiver.received.map(({ headers }) => Number(headers['webhook-timestamp']));
    expect(stamps.at(-1)! - stamps[0]!).toBeGreaterThanOrEqual(
      ATTEMPT_DELAYS_SECONDS.reduce((sum, one) => sum + one, -1),
    );
  },
  90_000,
);

it('an endpoint that has only failed for 5 days is disabled with a notice, one that answered in between is not', async () => {
  const dead = await makeEndpoint();
  const flaky = await makeEndpoint();
  const failing = () => {
    receiver.answer = (_, response) => response.writeHead(503).end();
  };
  const failOnce = async (endpointId: string) => {
    failing();
    const { id } = await webhooks.sendTest(endpointId);
    return afterAttempts(id, 1);
  };
  await failOnce(dead);
  await failOnce(flaky);
  expect((await webhooks.endpoint(dead)).failingSince).toBe(clock.now().toISOString());

  clock.nowMs += 2 * DAY_MS;
  receiver.answer = undefined;
  const { id } = await webhooks.sendTest(flaky);
  await until('it is there', async () => (await find(id)).state === 'SUCCEEDED');
  expect((await webhooks.endpoint(flaky)).failingSince).toBeNull();

  clock.nowMs += 2.9 * DAY_MS;
  await failOnce(dead);
  await failOnce(flaky);
  expect((await webhooks.endpoint(dead)).isEnabled).toBe(true);

  clock.nowMs += 0.2 * DAY_MS;
  const last = await failOnce(dead);
  await failOnce(flaky);
  expect(last).toMatchObject({ state: 'FAILED', failure: expect.stringMatching(/every attempt since/) });
  expect(await webhooks.endpoint(dead)).toMatchObject({
    isEnabled: false,
    notice: expect.stringMatching(/every attempt since/),
  });
  expect((await webhooks.endpoint(flaky)).isEnabled).toBe(true);
});
