import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createBlobStore } from '../../src/bulk/blob-store.ts';
import { toUuid } from '../../src/ids.ts';
import { seed } from '../support/seed.ts';
import { startTestApp, type TestApp } from '../support/start-app.ts';

let app: TestApp;
beforeAll(async () => {
  app = await startTestApp();
});
afterAll(() => app.stop());

const makeTenant = async (name: string) => toUuid('tenant', (await seed(app).withTenant(name).alone()).id)!;

describe('the blob store', () => {
  it('keeps up to its cap for each tenant, also where two fill it at once, and no longer than its time', async () => {
    const [one, other] = [await makeTenant('one'), await makeTenant('other')];
    const store = createBlobStore({ db: app.services.db, limits: { keptMs: 60_000, bytesPerTenant: 100 } });
    const puts = await Promise.allSettled(
      [0, 1, 2].map((fill) => store.put(one, [new Uint8Array(40).fill(fill)])),
    );
    const refused = puts.flatMap((put) => (put.status === 'rejected' ? [put.reason] : []));
    expect(refused).toMatchObject([{ code: 'QUOTA_EXCEEDED' }]);
    const [id] = await store.put(other, [new Uint8Array([1, 2, 3])]);
    expect(await store.read(other, [id!])).toEqual(new Map([[id, new Uint8Array([1, 2, 3])]]));
    expect(await store.read(one, [id!])).toEqual(new Map());
    expect(await store.sweep(new Date())).toBe(0);
    expect(await store.sweep(new Date(Date.now() + 60_000))).toBe(3);
    expect(await store.read(other, [id!])).toEqual(new Map());
  });
});
