import { createHmac, randomInt } from 'node:crypto';
import { once } from 'node:events';
import { request, type IncomingMessage } from 'node:http';
import { Webhook } from 'standardwebhooks';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { toUuid } from '../../src/ids.ts';
import { withClient } from '../support/database.ts';
import { hookClient, post, signStandard, type Hook } from '../support/hook-client.ts';
import { seed, type SeededTenant } from '../support/seed.ts';
import { startTestApp, type TestApp } from '../support/start-app.ts';

let app: TestApp;
let tenant: SeededTenant & { taxonomy: { id: string } };
let hooks: ReturnType<typeof hookClient>;
beforeAll(async () => {
  app = await startTestApp();
  tenant = await seed(app).withTenant('a').withTaxonomy(['cat']);
  hooks = hookClient(app, tenant.key);
});
afterAll(() => app.stop());

const make = (input: object = {}) =>
  hooks.createOrThrow({ name: 'sender', taxonomyId: tenant.taxonomy.id, ...input });
/** A message about nothing: what matters here is whether it is taken for the sender's. */
const BODY = JSON.stringify({ event: 'entry.unpublished', note: 'ä' });
const statusOf = async (
  hook: Hook,
  headers: Record<string, string>,
  body: string | Uint8Array<ArrayBuffer> = BODY,
) => (await post(app.url + hook.url, body, headers)).status;

describe('a message by Standard Webhooks', () => {
  it('is taken as the library of the standard signs it', async () => {
    const { hook, secret } = await make();
    const now = new Date();
    const headers = {
      'webhook-id': 'msg_1',
      'webhook-timestamp': String(Math.floor(now.getTime() / 1000)),
      'webhook-signature': new Webhook(secret).sign('msg_1', now, BODY),
    };
    expect(await statusOf(hook, headers)).toBe(200);
    const several = `v1a,AAAA v1,AAAA ${headers['webhook-signature']}`;
    expect(await statusOf(hook, { ...headers, 'webhook-signature': several })).toBe(200);
  });

  it('is refused with any bit of it changed', async () => {
    const { hook, secret } = await make();
    const signed = signStandard(secret, { id: 'msg_1', body: BODY });
    const bytes = Buffer.from(BODY);
    for (let bit = 0; bit < bytes.length * 8; bit += 1 + randomInt(3)) {
      expect([bit, await statusOf(hook, signed, flip(bytes, bit))]).toEqual([bit, 401]);
    }
    for (const name of ['webhook-id', 'webhook-timestamp', 'webhook-signature']) {
      const value = Buffer.from(signed[name]!);
      for (let bit = 0; bit < value.length * 8; bit += 1) {
        const changed = Buffer.from(flip(value, bit)).toString('latin1');
        if (!/^[\x21-\x7e]+$/.test(changed)) continue; // is no header that a client can send
        expect([name, bit, await statusOf(hook, { ...signed, [name]: changed })]).toEqual([name, bit, 401]);
      }
    }
    expect(await statusOf(hook, signed)).toBe(200);
  }, 120_000);

  it('is refused more than five minutes from now, without a header, and by another hook', async () => {
    const { hook, secret } = await make();
    const at = (seconds: number) =>
      signStandard(secret, { id: 'm', body: BODY, at: Date.now() + seconds * 1000 });
    for (const [seconds, status] of [
      [-295, 200],
      [295, 200],
      [-305, 401],
      [305, 401],
    ] as const) {
      expect([seconds, await statusOf(hook, at(seconds))]).toEqual([seconds, status]);
    }
    for (const name of Object.keys(at(0))) {
      const { [name]: _, ...others } = at(0);
      expect([name, await statusOf(hook, others)]).toEqual([name, 401]);
    }
    const { hook: other } = await make();
    expect(await statusOf(other, at(0))).toBe(401);
  });
});

describe('a message with an HMAC in a header', () => {
  it.each([
    ['as GitHub sends it', { name: 'X-Hub-Signature-256', prefix: 'sha256=' }, 'hex'],
    ['as Shopify sends it', { name: 'X-Shopify-Hmac-Sha256', encoding: 'BASE64' }, 'base64'],
  ] as const)('is taken %s, and refused with another', async (_, hmacHeader, encoding) => {
    const { hook, secret } = await make({
      scheme: 'HMAC_HEADER',
      hmacHeader,
      secret: 'the secret'.padEnd(20, '!').replaceAll(' ', '-'),
    });
    const digest = createHmac('sha256', secret).update(BODY).digest(encoding);
    const prefix = 'prefix' in hmacHeader ? hmacHeader.prefix : '';
    expect(await statusOf(hook, { [hmacHeader.name]: prefix + digest })).toBe(200);
    for (const wrong of [
      '',
      digest.slice(1),
      `x${digest}`,
      prefix + digest.replace(/./, (c) => (c === '1' ? '2' : '1')),
    ]) {
      expect([wrong, await statusOf(hook, { [hmacHeader.name]: wrong })]).toEqual([wrong, 401]);
    }
    expect(await statusOf(hook, {})).toBe(401);
  });

  it('covers the timestamp where there is one', async () => {
    const hmacHeader = { name: 'X-Signature', timestampHeader: 'X-Timestamp' };
    const { hook, secret } = await make({ scheme: 'HMAC_HEADER', hmacHeader });
    const signed = (at: number) => {
      const timestamp = String(Math.floor(at / 1000));
      const digest = createHmac('sha256', secret).update(`${timestamp}.${BODY}`).digest('hex');
      return { 'x-signature': digest, 'x-timestamp': timestamp };
    };
    const now = signed(Date.now());
    expect(await statusOf(hook, now)).toBe(200);
    expect(await statusOf(hook, { ...now, 'x-timestamp': String(Number(now['x-timestamp']) + 1) })).toBe(401);
    expect(await statusOf(hook, signed(Date.now() - 305_000))).toBe(401);
  });

  it('is not known under an id that nothing signs', async () => {
    const { hook, secret } = await make({
      scheme: 'HMAC_HEADER',
      hmacHeader: { name: 'x-signature' },
      mapping: { id: null },
    });
    const body = JSON.stringify({ url: 'http://nowhere.invalid/' });
    const digest = createHmac('sha256', secret).update(body).digest('hex');
    const ids = new Set<string | null>();
    for (const id of ['one', 'two']) {
      const answer = await post(app.url + hook.url, body, { 'x-signature': digest, 'webhook-id': id });
      ids.add(answer.body.id);
    }
    expect([...ids]).toEqual([expect.stringMatching(/^message_/)]);
  });
});

it.each([
  ['a wrong key', { scheme: 'BEARER' }, { authorization: 'Bearer wrong' }],
  ['an old timestamp', { scheme: 'STANDARD_WEBHOOKS' }, { 'webhook-id': 'm', 'webhook-timestamp': '1' }],
  [
    'an old timestamp of its own',
    { scheme: 'HMAC_HEADER', hmacHeader: { name: 'X-Signature', timestampHeader: 'X-Timestamp' } },
    { 'x-timestamp': '1' },
  ],
])('%s is refused before the body comes', async (_, input, headers) => {
  const { hook } = await make(input);
  const sending = request(app.url + hook.url, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'content-length': 1_000_000, ...headers },
  });
  sending.flushHeaders();
  const [response] = (await once(sending, 'response')) as [IncomingMessage];
  expect(response.statusCode).toBe(401);
  sending.once('error', () => {}).destroy();
});

describe('a secret', () => {
  it('is good beside the next one for a while, and the one before no more', async () => {
    const { hook, secret: first } = await make({ scheme: 'BEARER' });
    const statuses = async (...secrets: string[]) =>
      Promise.all(secrets.map((secret) => statusOf(hook, { authorization: `Bearer ${secret}` })));
    const { secret: second, hook: rotated } = await hooks.rotate({ id: hook.id, overlapSeconds: 60 });
    expect(rotated!.previousSecretExpiresAt).not.toBeNull();
    expect(await statuses(first, second!)).toEqual([200, 200]);
    const { secret: third } = await hooks.rotate({ id: hook.id, overlapSeconds: 60 });
    expect(await statuses(first, second!, third!)).toEqual([401, 200, 200]);
    const { secret: last } = await hooks.rotate({
      id: hook.id,
      overlapSeconds: 0,
      secret: 'chosen-by-the-sender',
    });
    expect(last).toBe('chosen-by-the-sender');
    expect(await statuses(third!, last!)).toEqual([401, 200]);
    expect((await hooks.rotate({ id: hook.id, overlapSeconds: 604_801 })).userErrors[0]).toMatchObject({
      path: ['overlapSeconds'],
    });
  });

  it('is stored encrypted only, for its hook only', async () => {
    const { hook, secret } = await make({ scheme: 'BEARER' });
    const rows = await withClient(app.database.superuserUrl, async (client) => {
      return (await client.query<{ text: string }>('select h::text as text from inbound_hook h')).rows;
    });
    const hex = Buffer.from(secret).toString('hex');
    for (const { text } of rows) expect([text.includes(secret), text.includes(hex)]).toEqual([false, false]);
    const { hook: other } = await make({ scheme: 'BEARER' });
    await withClient(app.database.superuserUrl, async (client) => {
      await client.query(
        `update inbound_hook set secret = (select secret from inbound_hook where id::text = $1)
        where id::text = $2`,
        [uuid(hook), uuid(other)],
      );
    });
    expect(await statusOf(other, { authorization: `Bearer ${secret}` })).toBe(500);
  });

  it.each([
    ['STANDARD_WEBHOOKS', 'whsec_c2hvcnQ='],
    ['STANDARD_WEBHOOKS', 'no secret of the standard, however long'],
    ['BEARER', 'short'],
    ['BEARER', 'with spaces in between them'],
  ])('of %s is not %s', async (scheme, secret) => {
    const { userErrors } = await hooks.create({ name: 'x', taxonomyId: tenant.taxonomy.id, scheme, secret });
    expect(userErrors).toMatchObject([{ code: 'INVALID_INPUT', path: ['secret'] }]);
  });
});

function flip(bytes: Uint8Array, bit: number): Uint8Array<ArrayBuffer> {
  const changed = Uint8Array.from(bytes);
  changed[bit >> 3]! ^= 1 << (bit & 7);
  return changed;
}

function uuid({ id }: Hook): string {
  return toUuid('hook', id)!;
}
