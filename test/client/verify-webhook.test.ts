import { Webhook } from 'standardwebhooks';
import { Webhook as SvixWebhook } from 'svix';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { parseAllowedTargets } from '../../src/outbound/allowed-targets.ts';
import { verifyWebhook, WebhookError } from '../support/built-client.ts';
import { until } from '../support/poll.ts';
import { startReceiver, type Received, type Receiver } from '../support/receiver.ts';
import { seed } from '../support/seed.ts';
import { startTestApp, type TestApp } from '../support/start-app.ts';
import { webhookClient, type WebhookClient } from '../support/webhook-client.ts';

const SECRET = `whsec_${Buffer.alloc(32, 1).toString('base64')}`;
const OTHER = `whsec_${Buffer.alloc(32, 2).toString('base64')}`;
const PAYLOAD = JSON.stringify({
  type: 'webhook.test',
  version: 1,
  timestamp: '2026-01-01T00:00:00Z',
  data: { name: '猫' },
});

/** Headers of a request that is signed as the library signs, so many seconds ago. */
function sign(
  payload: string,
  { secret = SECRET, ageSeconds = 0, id = 'event_1' } = {},
): Record<string, string> {
  const at = new Date(Date.now() - ageSeconds * 1000);
  return {
    'webhook-id': id,
    'webhook-timestamp': String(Math.floor(at.getTime() / 1000)),
    'webhook-signature': new Webhook(secret).sign(id, at, payload),
  };
}

describe('what the library of Standard Webhooks signs', () => {
  it('is verified as text and as bytes, with the headers of a web Request and of Node', async () => {
    const headers = sign(PAYLOAD);
    const event = { ...JSON.parse(PAYLOAD), id: 'event_1' };
    const bytes = new TextEncoder().encode(PAYLOAD);
    expect(await verifyWebhook(PAYLOAD, headers, SECRET)).toEqual(event);
    expect(await verifyWebhook(bytes, new Headers(headers), SECRET)).toEqual(event);
    expect(await verifyWebhook(bytes.buffer, { ...headers, host: 'x', cookie: undefined }, SECRET)).toEqual(
      event,
    );
  });

  it('is refused where any bit of it differs', async () => {
    const headers = sign(PAYLOAD);
    const bytes = Buffer.from(PAYLOAD);
    for (let bit = 0; bit < bytes.length * 8; bit += 1) {
      bytes[bit >> 3]! ^= 1 << (bit & 7);
      await expect(verifyWebhook(bytes, headers, SECRET)).rejects.toThrow(WebhookError);
      bytes[bit >> 3]! ^= 1 << (bit & 7);
    }
    await verifyWebhook(bytes, headers, SECRET);
  });

  it.each([299, -299])('is taken where it is %d s old', async (ageSeconds) => {
    const event = await verifyWebhook(PAYLOAD, sign(PAYLOAD, { ageSeconds }), SECRET);
    expect(event.type).toBe('webhook.test');
  });

  it.each([302, -302])('is refused where it is %d s old', async (ageSeconds) => {
    const refused = verifyWebhook(PAYLOAD, sign(PAYLOAD, { ageSeconds }), SECRET);
    await expect(refused).rejects.toThrow('300 seconds');
  });

  it.each([
    ['another id', { 'webhook-id': 'event_2' }],
    ['no id', { 'webhook-id': '' }],
    ['a timestamp with a tail', { 'webhook-timestamp': `${Math.floor(Date.now() / 1000)}abc` }],
    ['a signature that is given twice', { 'webhook-signature': ['v1,AA==', 'v1,AA=='] }],
    ['no signature', { 'webhook-signature': undefined }],
    ['a signature that is no base64', { 'webhook-signature': 'v1,%%%' }],
    [
      'a signature of another version',
      { 'webhook-signature': sign(PAYLOAD)['webhook-signature']!.replace('v1,', 'v2,') },
    ],
    ['an empty signature', { 'webhook-signature': 'v1,' }],
  ])('%s is refused', async (_, change) => {
    await expect(verifyWebhook(PAYLOAD, { ...sign(PAYLOAD), ...change }, SECRET)).rejects.toThrow(
      WebhookError,
    );
  });

  it('any of several secrets and of several signatures is enough', async () => {
    const headers = sign(PAYLOAD, { secret: OTHER });
    await verifyWebhook(PAYLOAD, headers, [SECRET, OTHER]);
    await expect(verifyWebhook(PAYLOAD, headers, [SECRET])).rejects.toThrow(WebhookError);
    const both = `${sign(PAYLOAD)['webhook-signature']} v1a,xyz ${headers['webhook-signature']}`;
    await verifyWebhook(PAYLOAD, { ...headers, 'webhook-signature': both }, SECRET);
  });

  it('is refused where it is signed and no JSON', async () => {
    await expect(verifyWebhook('{', sign('{'), SECRET)).rejects.toThrow('not JSON');
  });

  it('a secret that is none is a mistake of the consumer, not of the sender', async () => {
    await expect(verifyWebhook(PAYLOAD, sign(PAYLOAD), '')).rejects.toThrow(TypeError);
  });
});

describe('what the server sends', () => {
  let app: TestApp;
  let receiver: Receiver;
  let webhooks: WebhookClient;
  beforeAll(async () => {
    receiver = await startReceiver();
    app = await startTestApp({ allowedPrivateTargets: parseAllowedTargets('127.0.0.1') });
    const { key } = await seed(app).withTenant('a').alone();
    webhooks = webhookClient(app, key);
  });
  afterAll(async () => {
    await app.stop();
    await receiver.stop();
  });

  it('is verified by either secret while they are rotated, as other verifiers do', async () => {
    const { endpoint, secret: before } = await webhooks.createOrThrow({
      url: receiver.url,
      eventTypes: ['WEBHOOK_TEST'],
    });
    const { secret: after } = await webhooks.rotate({ id: endpoint.id });
    await webhooks.sendTest(endpoint.id);
    const { body, headers } = await until('the event', () => receiver.received[0]);
    for (const secret of [before, after!]) {
      const event = await verifyWebhook<Received['payload']['data']>(body, headers, secret);
      expect(event).toMatchObject({
        id: headers['webhook-id'],
        type: 'webhook.test',
        data: { endpointId: endpoint.id },
      });
      new SvixWebhook(secret).verify(body, headers);
    }
    await expect(verifyWebhook(body, headers, OTHER)).rejects.toThrow(WebhookError);
  });
});
