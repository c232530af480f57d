import { afterAll, beforeAll, expect, it } from 'vitest';
import { WEBHOOK_LIMITS } from '../../src/limits.ts';
import { parseAllowedTargets } from '../../src/outbound/allowed-targets.ts';
import { makeEndpoints, measureHealthy } from '../support/beside-hanging.ts';
import { percentile } from '../support/percentile.ts';
import { until } from '../support/poll.ts';
import { startReceiver, type Receiver } from '../support/receiver.ts';
import { seed } from '../support/seed.ts';
import { startTestApp, type TestApp } from '../support/start-app.ts';
import { webhookClient } from '../support/webhook-client.ts';

let app: TestApp;
let receiver: Receiver;
beforeAll(async () => {
  receiver = await startReceiver();
  app = await startTestApp({ allowedPrivateTargets: parseAllowedTargets('127.0.0.1') });
});
afterAll(async () => {
  await app.stop();
  await receiver.stop();
});

// bench/webhook-hanging.ts measures by how much: here it is enough that nobody waits for the hanging one.
it('an endpoint that hangs is given up after 15 s, and meanwhile and afterwards holds up no other', async () => {
  const { key } = await seed(app).withTenant('a').alone();
  const webhooks = webhookClient(app, key);
  const endpoints = await makeEndpoints(webhooks, receiver, 3);
  const measure = () => measureHealthy(webhooks, receiver, endpoints, { count: 15, withHanging: true });

  const meanwhile = await measure();
  expect(endpoints.mostHeld()).toBeGreaterThan(0);
  expect(endpoints.mostHeld()).toBeLessThanOrEqual(5); // one a lane, and one in the queue of slow endpoints
  const [first] = await until('an attempt is given up', async () => {
    const given = await webhooks.deliveries({ endpointId: endpoints.hanging });
    const tried = given.filter(({ attemptCount }) => attemptCount > 0);
    return tried.length > 0 && tried;
  });
  expect(first!.attempts[0]).toMatchObject({ error: 'No answer within 15 s.', response: null });
  expect(first!.attempts[0]!.durationMs).toBeLessThan(WEBHOOK_LIMITS.timeoutMs + 3_000);

  const afterwards = await measure();
  expect(endpoints.mostHeld()).toBeLessThanOrEqual(5);
  for (const latencies of [meanwhile, afterwards]) {
    console.log(`beside a hanging endpoint: p95 ${percentile(latencies, 0.95)} ms`);
    expect(percentile(latencies, 0.95)).toBeLessThan(WEBHOOK_LIMITS.timeoutMs / 3);
  }
}, 90_000);
