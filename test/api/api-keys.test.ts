import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { newUuid, toId, toUuid } from '../../src/ids.ts';
import type { Scope } from '../../src/tenancy/viewer.ts';
import { withClient } from '../support/database.ts';
import { seed, type SeededTenant } from '../support/seed.ts';
import { startTestApp, type TestApp } from '../support/start-app.ts';

let app: TestApp;
beforeAll(async () => {
  app = await startTestApp();
});
afterAll(() => app.stop());

interface Key {
  id: string;
  name: string;
  scopes: string[];
  hint: string;
  expiresAt: string | null;
  lastUsedAt: string | null;
  revokedAt: string | null;
}

interface Made {
  apiKey: Key | null;
  secret: string | null;
  userErrors: { code: string; message: string; path: string[] }[];
}

const KEY = 'id name scopes hint expiresAt lastUsedAt revokedAt';

async function mutate(name: string, type: string, input: object, key: string): Promise<Made> {
  const secret = name === 'revokeApiKey' ? '' : 'secret';
  const query = `mutation ($input: ${type}!) {
    ${name}(input: $input) { apiKey { ${KEY} } ${secret} userErrors { code message path } }
  }`;
  const data = await app.graphql<Record<string, Made>>(query, { input }, key);
  return data[name]!;
}

const create = (input: object, key: string) => mutate('createApiKey', 'CreateApiKeyInput', input, key);
const rotate = (id: string, key: string) => mutate('rotateApiKey', 'RotateApiKeyInput', { id }, key);
const revoke = (id: string, key: string) => mutate('revokeApiKey', 'RevokeApiKeyInput', { id }, key);

const listKeys = async (key: string) =>
  (await app.graphql<{ apiKeys: { nodes: Key[] } }>(`{ apiKeys(first: 100) { nodes { ${KEY} } } }`, {}, key))
    .apiKeys.nodes;

const codeFor = async (key: string) =>
  (await app.send({ query: '{ viewer { isOperator } }', key })).errors[0]?.extensions.code ?? 'OK';

describe('scopes', () => {
  const QUERIES: Record<Scope, string> = {
    CLASSIFY: '{ classifications(first: 1) { nodes { id } } }',
    TAXONOMY_READ: '{ taxonomies(first: 1) { nodes { id } } }',
    TAXONOMY_WRITE: `mutation { updateTaxonomy(input: { id: "x", expectedRevision: 1 }) { userErrors { code } } }`,
    ADMIN: '{ apiKeys(first: 1) { nodes { id } } }',
  };
  const scopes = Object.keys(QUERIES) as Scope[];
  let keys: Record<Scope, string>;

  beforeAll(async () => {
    const tenant = await seed(app).withTenant('scopes').alone();
    const made = await Promise.all(
      scopes.map(async (scope) => [scope, await tenant.createKey(scope)] as const),
    );
    keys = Object.fromEntries(made) as Record<Scope, string>;
  });

  it.each(
    scopes.flatMap((has) =>
      scopes.map((needs) => ({ has, needs, allowed: has === needs || has === 'ADMIN' })),
    ),
  )('a key with $has asks for what needs $needs: allowed $allowed', async ({ has, needs, allowed }) => {
    const { status, errors } = await app.send({ query: QUERIES[needs], key: keys[has] });
    expect(errors.map(({ extensions }) => extensions.code)).toEqual(allowed ? [] : ['FORBIDDEN']);
    expect(status).toBe(allowed ? 200 : 403);
  });

  it('a key without ADMIN cannot make keys, however few scopes they have', async () => {
    const { status } = await app.send({
      query: 'mutation { createApiKey(input: { name: "x", scopes: [TAXONOMY_WRITE] }) { secret } }',
      key: keys.TAXONOMY_WRITE,
    });
    expect(status).toBe(403);
  });
});

describe('createApiKey by the operator', () => {
  const loseKeys = ({ id }: SeededTenant) =>
    withClient(app.database.superuserUrl, (client) =>
      client.query('update api_key set revoked_at = now() where tenant_id = $1', [toUuid('tenant', id)]),
    );

  it('gives a tenant that has lost all its keys a new one, and nobody else', async () => {
    const lost = await seed(app).withTenant('lost').alone();
    const other = await seed(app).withTenant('not lost').alone();
    await loseKeys(lost);
    expect(await codeFor(lost.key)).toBe('UNAUTHENTICATED');
    const input = { tenantId: lost.id, name: 'rescue', scopes: ['ADMIN'] };
    const made = await create(input, app.operatorKey);
    expect(made).toMatchObject({ apiKey: { name: 'rescue', scopes: ['ADMIN'] }, userErrors: [] });
    const keys = await listKeys(made.secret!);
    expect(keys.map(({ name, revokedAt }) => [name, revokedAt === null])).toEqual([
      ['rescue', true],
      ['first key', false],
    ]);
    expect((await listKeys(other.key)).map(({ name }) => name)).toEqual(['first key']);
  });

  it('needs the id of a tenant that is there', async () => {
    const input = { name: 'x', scopes: ['ADMIN'] };
    const absent = toId('tenant', newUuid());
    for (const [tenantId, code] of [
      [undefined, 'INVALID_INPUT'],
      [absent, 'NOT_FOUND'],
      ['nonsense', 'NOT_FOUND'],
    ]) {
      const refused = await create({ ...input, tenantId }, app.operatorKey);
      expect(refused).toMatchObject({ apiKey: null, userErrors: [{ code, path: ['tenantId'] }] });
    }
    const tenant = await seed(app).withTenant('rules').alone();
    const bad = await create({ tenantId: tenant.id, name: '', scopes: ['ADMIN'] }, app.operatorKey);
    expect(bad.userErrors).toMatchObject([{ code: 'INVALID_INPUT', path: ['name'] }]);
  });

  it('is no way for a key into another tenant', async () => {
    const one = await seed(app).withTenant('one').alone();
    const two = await seed(app).withTenant('two').alone();
    const input = { tenantId: two.id, name: 'x', scopes: ['ADMIN'] };
    expect((await create(input, one.key)).userErrors).toMatchObject([{ code: 'NOT_FOUND' }]);
    const own = await create({ ...input, tenantId: one.id }, one.key);
    expect(own.userErrors).toEqual([]);
    expect(await listKeys(two.key)).toHaveLength(1);
  });
});

describe('createApiKey', () => {
  let tenant: SeededTenant;
  beforeAll(async () => {
    tenant = await seed(app).withTenant('create').alone();
  });

  it('shows the secret once and stores its hash alone', async () => {
    const { apiKey, secret } = await create({ name: 'ci', scopes: ['CLASSIFY', 'CLASSIFY'] }, tenant.key);
    expect(secret).toMatch(/^txl_/);
    expect(apiKey).toMatchObject({
      name: 'ci',
      scopes: ['CLASSIFY'],
      hint: secret!.slice(-4),
      revokedAt: null,
    });
    const stored = await withClient(app.database.superuserUrl, (client) =>
      client.query('select k::text from api_key k'),
    );
    expect(JSON.stringify(stored.rows)).not.toContain(secret!.slice(31, 60));
  });

  it.each([
    [{ name: '', scopes: ['CLASSIFY'] }, 'name'],
    [{ name: 'x', scopes: [] }, 'scopes'],
    [{ name: 'x', scopes: ['CLASSIFY'], expiresAt: '2020-01-01T00:00:00Z' }, 'expiresAt'],
  ])('refuses %j and names %s', async (input, field) => {
    const { apiKey, secret, userErrors } = await create(input, tenant.key);
    expect({ apiKey, secret }).toEqual({ apiKey: null, secret: null });
    expect(userErrors).toMatchObject([{ code: 'INVALID_INPUT', path: [field] }]);
  });

  it('makes a key that stops working when its time is over', async () => {
    const { apiKey, secret } = await create(
      { name: 'short', scopes: ['CLASSIFY'], expiresAt: new Date(Date.now() + 3_600_000).toISOString() },
      tenant.key,
    );
    expect(await codeFor(secret!)).toBe('OK');
    await withClient(app.database.superuserUrl, (client) =>
      client.query(`update api_key set expires_at = now() - interval '1 second' where name = 'short'`),
    );
    expect(await codeFor(secret!)).toBe('UNAUTHENTICATED');
    const listed = (await listKeys(tenant.key)).find(({ id }) => id === apiKey!.id);
    expect(listed!.revokedAt).toBeNull();
  });
});

describe('rotateApiKey', () => {
  it('makes a second key that lives beside the first, with the same scopes and lifetime', async () => {
    const tenant = await seed(app).withTenant('rotate').alone();
    const expiresAt = new Date(Date.now() + 3_600_000).toISOString();
    const first = await create({ name: 'web', scopes: ['CLASSIFY'], expiresAt }, tenant.key);
    const second = await rotate(first.apiKey!.id, tenant.key);
    expect(second.apiKey).toMatchObject({ name: 'web', scopes: ['CLASSIFY'] });
    expect(Date.parse(second.apiKey!.expiresAt!)).toBeGreaterThanOrEqual(Date.parse(expiresAt));
    expect([await codeFor(first.secret!), await codeFor(second.secret!)]).toEqual(['OK', 'OK']);
    await revoke(first.apiKey!.id, tenant.key);
    expect([await codeFor(first.secret!), await codeFor(second.secret!)]).toEqual(['UNAUTHENTICATED', 'OK']);
  });

  it('brings no revoked key back', async () => {
    const tenant = await seed(app).withTenant('rotate-revoked').alone();
    const { apiKey } = await create({ name: 'gone', scopes: ['CLASSIFY'] }, tenant.key);
    await revoke(apiKey!.id, tenant.key);
    const { secret, userErrors } = await rotate(apiKey!.id, tenant.key);
    expect(secret).toBeNull();
    expect(userErrors).toMatchObject([{ code: 'INVALID_INPUT', path: ['id'] }]);
  });
});

describe('revokeApiKey', () => {
  it('takes effect with the next request, and twice is once', async () => {
    const tenant = await seed(app).withTenant('revoke').alone();
    const { apiKey, secret } = await create({ name: 'x', scopes: ['CLASSIFY'] }, tenant.key);
    expect(await codeFor(secret!)).toBe('OK');
    const revoked = await revoke(apiKey!.id, tenant.key);
    expect(revoked.apiKey!.revokedAt).not.toBeNull();
    expect(await codeFor(secret!)).toBe('UNAUTHENTICATED');
    expect((await revoke(apiKey!.id, tenant.key)).apiKey!.revokedAt).toBe(revoked.apiKey!.revokedAt);
  });

  it('leaves the last usable ADMIN key, and says what to do', async () => {
    const tenant = await seed(app).withTenant('last').alone();
    const [first] = await listKeys(tenant.key);
    const refused = await revoke(first!.id, tenant.key);
    expect(refused.userErrors).toMatchObject([{ code: 'INVALID_INPUT', path: ['id'] }]);
    expect(refused.userErrors[0]!.message).toContain('Create or rotate');
    expect(await codeFor(tenant.key)).toBe('OK');
    const second = await rotate(first!.id, tenant.key);
    expect((await revoke(first!.id, second.secret!)).userErrors).toEqual([]);
    expect(await codeFor(tenant.key)).toBe('UNAUTHENTICATED');
  });

  it('keeps one of two ADMIN keys that are revoked at the same moment', async () => {
    const tenant = await seed(app).withTenant('race').alone();
    const [first] = await listKeys(tenant.key);
    const second = await rotate(first!.id, tenant.key);
    await Promise.allSettled([revoke(first!.id, tenant.key), revoke(second.apiKey!.id, second.secret!)]);
    const codes = [await codeFor(tenant.key), await codeFor(second.secret!)];
    expect(codes.toSorted()).toEqual(['OK', 'UNAUTHENTICATED']);
  });

  it.each(['nonsense', 'apikey_01h2xcejqtf2nbrexx3vqjhp41', 'tenant_01h2xcejqtf2nbrexx3vqjhp41'])(
    'says NOT_FOUND for %s',
    async (id) => {
      const tenant = await seed(app).withTenant(`absent-${id}`).alone();
      expect((await revoke(id, tenant.key)).userErrors).toMatchObject([{ code: 'NOT_FOUND', path: ['id'] }]);
    },
  );
});

describe('lastUsedAt', () => {
  it('is written once a minute, not at every request', async () => {
    const tenant = await seed(app).withTenant('used').alone();
    const used = async () => (await listKeys(tenant.key))[0]!.lastUsedAt;
    const first = await used();
    expect(Date.now() - Date.parse(first!)).toBeLessThan(60_000);
    expect(await used()).toBe(first);
    await withClient(app.database.superuserUrl, (client) =>
      client.query(`update api_key set last_used_at = last_used_at - interval '61 seconds'`),
    );
    expect(Date.parse((await used())!)).toBeGreaterThanOrEqual(Date.parse(first!));
  });
});
