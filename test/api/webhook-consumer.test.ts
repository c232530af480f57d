import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { parseAllowedTargets } from '../../src/outbound/allowed-targets.ts';
import { startNode } from '../support/child.ts';
import { findFreePort } from '../support/free-port.ts';
import { until } from '../support/poll.ts';
import { seed } from '../support/seed.ts';
import { startTestApp, type TestApp } from '../support/start-app.ts';
import { webhookClient } from '../support/webhook-client.ts';

let app: TestApp;
beforeAll(async () => {
  app = await startTestApp({ allowedPrivateTargets: parseAllowedTargets('127.0.0.1') });
});
afterAll(() => app.stop());

it('the consumer of docs/webhooks.md takes an event once, and refuses what is not signed', async () => {
  const guide = readFileSync(resolve(import.meta.dirname, '../../docs/webhooks.md'), 'utf8');
  const consumer = /```js\n(.+?)```/s.exec(guide)![1]!;
  const port = await findFreePort();
  const url = `http://127.0.0.1:${port}/`;
  const { key } = await seed(app).withTenant('a').alone();
  const webhooks = webhookClient(app, key);
  const { endpoint, secret } = await webhooks.createOrThrow({ url, eventTypes: ['WEBHOOK_TEST'] });
  const child = startNode(
    ['--input-type=module', '-e', consumer.replace('listen(8080)', `listen(${port}, '127.0.0.1')`)],
    { WEBHOOK_SECRET: secret },
  );
  try {
    const status = () =>
      fetch(url, { method: 'POST', body: '{}' }).then(
        (response) => response.status,
        () => undefined,
      );
    expect(await until('it listens', status)).toBe(401);
    const { id } = await webhooks.sendTest(endpoint.id);
    await until('it has the event', () => child.output().includes('webhook.test'));
    await until(
      'that is known',
      async () => (await webhooks.deliveries({ state: 'SUCCEEDED' })).length === 1,
    );
    await webhooks.redeliver({ deliveryIds: [id] });
    await until('it has it again', async () => (await webhooks.deliveries())[0]!.attemptCount === 2);
    expect(child.output().match(/webhook\.test/g)).toHaveLength(1);
  } finally {
    child.process.kill();
    await child.ended;
  }
});
