import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { toUuid } from '../../src/ids.ts';
import { seed } from '../support/seed.ts';
import { startTestApp, type TestApp } from '../support/start-app.ts';

let app: TestApp;
beforeAll(async () => {
  app = await startTestApp();
});
afterAll(() => app.stop());

const UPDATE = `mutation ($input: UpdateTenantInput!) {
  updateTenant(input: $input) {
    tenant { id quotas { imagesPerMinute imagesPerMonth } retention { classificationsDays imageEmbeddingsDays imagesDays } trustedDocumentsOnly }
    userErrors { code path }
  }
}`;
interface Updated {
  updateTenant: { tenant: object | null; userErrors: { code: string; path: string[] }[] };
}
const update = async (input: Record<string, unknown>, key = app.operatorKey) => {
  const { data, errors } = await app.send<Updated>({ query: UPDATE, variables: { input }, key });
  return data?.updateTenant ?? errors[0]!.extensions.code;
};

describe('updateTenant', () => {
  it('changes what is named, keeps what is not, and takes a limit away with null', async () => {
    const { id } = await seed(app).withTenant('changes').alone();
    const nothing = { imagesPerMinute: null, imagesPerMonth: null };
    const tenant = {
      id,
      quotas: nothing,
      retention: { classificationsDays: null, imageEmbeddingsDays: null, imagesDays: null },
      trustedDocumentsOnly: false,
    };
    expect(await update({ id })).toEqual({ tenant, userErrors: [] });
    const quotas = { imagesPerMinute: 60, imagesPerMonth: 1_000 };
    expect(await update({ id, quotas })).toEqual({ tenant: { ...tenant, quotas }, userErrors: [] });
    const retention = { classificationsDays: 30, imageEmbeddingsDays: 20, imagesDays: 10 };
    const more = { retention, trustedDocumentsOnly: true };
    expect(await update({ id, ...more })).toEqual({ tenant: { ...tenant, quotas, ...more }, userErrors: [] });
    expect(await update({ id, quotas: { imagesPerMinute: null } })).toMatchObject({
      tenant: { quotas: { imagesPerMinute: null, imagesPerMonth: 1_000 }, ...more },
    });
  });

  it.each([
    ['quotas', 'imagesPerMinute', 0],
    ['quotas', 'imagesPerMinute', 1_000_001],
    ['quotas', 'imagesPerMonth', -1],
    ['retention', 'classificationsDays', 0],
    ['retention', 'classificationsDays', 3_651],
    ['retention', 'imageEmbeddingsDays', 0],
    ['retention', 'imagesDays', 3_651],
  ])('refuses %s { %s: %d }', async (group, name, value) => {
    const { id } = await seed(app).withTenant(`${group} ${name} ${value}`).alone();
    expect(await update({ id, [group]: { [name]: value } })).toEqual({
      tenant: null,
      userErrors: [{ code: 'INVALID_INPUT', path: [group, name] }],
    });
  });

  it('answers a tenant that is not there with NOT_FOUND, whoever asks', async () => {
    const { key } = await seed(app).withTenant('asks').alone();
    const other = await seed(app).withTenant('is not asked').alone();
    const missing = { tenant: null, userErrors: [{ code: 'NOT_FOUND', path: ['id'] }] };
    const absent = 'tenant_01h2xcejqtf2nbrexx3vqjhp41';
    for (const id of [absent, 'nonsense']) expect(await update({ id })).toEqual(missing);
    for (const id of [absent, 'nonsense', other.id]) {
      expect(await update({ id, trustedDocumentsOnly: false }, key)).toEqual(missing);
    }
  });

  it('asks the operator to name the tenant', async () => {
    expect(await update({})).toEqual({ tenant: null, userErrors: [{ code: 'INVALID_INPUT', path: ['id'] }] });
  });

  it('lets an admin change its own tenant, all but the quotas', async () => {
    const { key, id } = await seed(app).withTenant('own').alone();
    expect(await update({ retention: { classificationsDays: 7 } }, key)).toMatchObject({
      tenant: { id, retention: { classificationsDays: 7 } },
    });
    expect(await update({ id, quotas: { imagesPerMonth: 5 } }, key)).toBe('FORBIDDEN');
  });

  it('is nothing for a key without ADMIN, which sees no quotas either', async () => {
    const { createKey } = await seed(app).withTenant('not admin').alone();
    const key = await createKey('CLASSIFY', 'TAXONOMY_WRITE');
    expect(await update({ retention: { classificationsDays: 7 } }, key)).toBe('FORBIDDEN');
    for (const field of [
      'quotas { imagesPerMonth }',
      'usage { imagesThisMonth }',
      'retention { classificationsDays }',
    ]) {
      const { data, errors } = await app.send({ query: `{ tenant { name ${field} } }`, key });
      expect([errors[0]!.extensions.code, data]).toMatchObject([
        'FORBIDDEN',
        { tenant: { name: 'not admin' } },
      ]);
    }
  });

  it('shows the operator quotas and usage of every tenant', async () => {
    const { id } = await seed(app).withTenant('seen').alone();
    await update({ id, quotas: { imagesPerMinute: 6 } });
    const { node } = await app.graphql<{ node: object }>(
      `query ($id: ID!) { node(id: $id) { ... on Tenant {
        quotas { imagesPerMinute } usage { imagesThisMonth classificationsThisMonth imagesLeftNow }
      } } }`,
      { id },
      app.operatorKey,
    );
    expect(node).toEqual({
      quotas: { imagesPerMinute: 6 },
      usage: { imagesThisMonth: 0, classificationsThisMonth: 0, imagesLeftNow: 6 },
    });
  });

  it('is no way round the database: within a tenant its quotas cannot be changed, whatever the code says', async () => {
    const tenant = await seed(app).withTenant('trigger').alone();
    const id = toUuid('tenant', tenant.id)!;
    const raising = app.services.db.withTenant(id, (tx) =>
      tx.tenant.update({ where: { id }, data: { imagesPerMonth: 9 } }),
    );
    await expect(raising).rejects.toThrow(/by the operator only/);
  });
});
