import { randomBytes } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { AccessTokens } from '../../../src/tenancy/access-tokens.ts';
import { createAuthenticator } from '../../../src/tenancy/authenticate.ts';
import { KnownTenants } from '../../../src/tenancy/known-tenants.ts';
import {
  hashSecret,
  makeApiKeySecret,
  makeOperatorKey,
  parseApiKeySecret,
} from '../../../src/tenancy/secrets.ts';
import type { TenantDb } from '../../../src/tenancy/tenant-db.ts';

const TENANT = '01a20d70-8777-7ddc-8422-328a70752801';

describe('an API key', () => {
  it('names its tenant and can be told from any other secret', () => {
    const secret = makeApiKeySecret(TENANT);
    expect(secret).toMatch(/^txl_[0-9a-z]{26}_[0-9A-Za-z]{38}$/);
    expect(parseApiKeySecret(secret)).toEqual({ tenantId: TENANT });
  });

  it('is another one each time', () => {
    const secrets = Array.from({ length: 100 }, () => makeApiKeySecret(TENANT));
    expect(new Set(secrets).size).toBe(100);
  });

  it('is refused with any one character changed, missing or added', () => {
    const secret = makeApiKeySecret(TENANT);
    for (let index = 0; index < secret.length; index++) {
      const other = secret[index] === 'a' ? 'b' : 'a';
      const changed = secret.slice(0, index) + other + secret.slice(index + 1);
      expect(parseApiKeySecret(changed), `${index}`).toBeNull();
      expect(parseApiKeySecret(secret.slice(0, index) + secret.slice(index + 1))).toBeNull();
    }
    expect(parseApiKeySecret(`${secret}a`)).toBeNull();
  });
});

describe('authenticate', () => {
  const noDatabase: TenantDb = {
    withTenant: () => Promise.reject(new Error('the database was asked')),
    withOperator: () => Promise.reject(new Error('the database was asked')),
  };
  const operatorKey = makeOperatorKey();
  const accessTokens = new AccessTokens(randomBytes(32));
  const knownTenants = new KnownTenants();
  const operatorKeyHash = hashSecret(operatorKey);
  const { authenticate } = createAuthenticator({
    db: noDatabase,
    accessTokens,
    knownTenants,
    operatorKeyHash,
  });

  it.each([
    undefined,
    '',
    'Bearer',
    'Bearer ',
    'Basic dXNlcjpwYXNz',
    `Bearer ${'x'.repeat(5_000)}`,
    'Bearer txl_01m86q4rj8fzzs7mgj5crm258x_pEqsCWeGrPTm7PF6qzem1eT15gQsPyOd3wjzkH',
    `Bearer ${makeApiKeySecret(TENANT).slice(0, -1)}`,
    `Bearer txl_${'z'.repeat(26)}_${'0'.repeat(38)}`,
  ])('refuses %j without asking the database', async (authorization) => {
    await expect(authenticate(authorization)).rejects.toMatchObject({ code: 'UNAUTHENTICATED' });
  });

  it('knows the operator without asking the database', async () => {
    expect(await authenticate(`Bearer ${operatorKey}`)).toEqual({ kind: 'operator' });
    expect(await authenticate(`bearer  ${operatorKey} `)).toEqual({ kind: 'operator' });
  });

  it('looks a well-formed key up in the tenant that it names, in the turn of strangers', async () => {
    const asked: unknown[] = [];
    const withTenant: TenantDb['withTenant'] = async (id, _, options) => (
      asked.push([id, options]),
      null as never
    );
    const db = { ...noDatabase, withTenant };
    const { authenticate } = createAuthenticator({ db, accessTokens, knownTenants, operatorKeyHash });
    await expect(authenticate(`Bearer ${makeApiKeySecret(TENANT)}`)).rejects.toMatchObject({
      code: 'UNAUTHENTICATED',
    });
    expect(asked).toEqual([[TENANT, { turn: knownTenants.turnOf(undefined) }]]);
  });
});
