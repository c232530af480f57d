import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { seed, type SeededTenant } from '../support/seed.ts';
import { startTestApp, type TestApp } from '../support/start-app.ts';
import { countedByStatus, runLoad } from './support/run-load.ts';

let app: TestApp;
let flooding: SeededTenant;
let modest: SeededTenant;
beforeAll(async () => {
  app = await startTestApp();
  flooding = await seed(app).withTenant('flooding').withTaxonomy(['one-cat', 'one-dog']);
  modest = await seed(app).withTenant('modest').withTaxonomy(['one-cat', 'one-dog']);
});
afterAll(() => app.stop());

const orderOf = (...keys: string[]) => ({ url: app.url, keys, taxonomy: 'animals' });

describe('at three times what the server can do', () => {
  it('every answer is a success or says when to come back, and /metrics counts as the clients do', async () => {
    const full = await runLoad({ ...orderOf(flooding.key), seconds: 4, concurrency: 8 });
    const capacity = (full.outcomes.OK ?? 0) / full.seconds;
    const before = await countedByStatus(app.url);
    const report = await runLoad({ ...orderOf(flooding.key), seconds: 8, rate: Math.max(60, capacity * 3) });
    const after = await countedByStatus(app.url);
    console.log(JSON.stringify(report));
    expect(Object.keys(report.outcomes).toSorted()).toEqual(['OK', 'OVERLOADED']);
    expect(report.malformed).toBe(0);
    for (const [status, count] of Object.entries(report.statuses)) {
      expect({ status, counted: after[status]! - (before[status] ?? 0) }).toEqual({ status, counted: count });
    }
  });
});

describe('beside a tenant that floods', () => {
  it('another one gets its share, with a tenth of the connections', async () => {
    const [flood, fair] = await Promise.all([
      runLoad({ ...orderOf(flooding.key), seconds: 10, concurrency: 60 }),
      runLoad({ ...orderOf(modest.key), seconds: 10, concurrency: 6 }),
    ]);
    const served = [fair, flood].map(({ outcomes }) => outcomes.OK ?? 0) as [number, number];
    const ratio = served[0] / served[1];
    console.log(`served: ${served[0]} of the modest, ${served[1]} of the flooding: ${ratio.toFixed(2)}`);
    expect(ratio).toBeGreaterThan(0.4);
    expect(flood.malformed + fair.malformed).toBe(0);
  });
});
