import { afterAll, beforeAll, expect, it } from 'vitest';
import { measureBesideBulk, measureRequests } from '../support/beside-bulk.ts';
import { readExample } from '../support/classify.ts';
import { percentile } from '../support/percentile.ts';
import { seed } from '../support/seed.ts';
import { startTestApp, type TestApp } from '../support/start-app.ts';

let app: TestApp;
beforeAll(async () => {
  app = await startTestApp();
});
afterAll(() => app.stop());

// bench/bulk-beside.ts measures it with the bar of a quiet machine.
it('requests hardly wait for a job, and the job goes on beside them', async () => {
  const { key } = await seed(app).withTenant('both').withTaxonomy(['cat', 'dog']);
  const request = { image: readExample('penguin.webp'), taxonomy: 'animals', key };
  await measureRequests(app, request, 10); // warms up
  const idle = await measureRequests(app, request, 30);
  const beside = await measureBesideBulk(app, request, { count: 30, items: 1_500 });
  const [idleMs, besideMs] = [percentile(idle, 0.9), percentile(beside.latenciesMs, 0.9)];
  console.log(`p90: ${Math.round(idleMs)} ms idle, ${Math.round(besideMs)} ms beside a job`);
  expect(besideMs).toBeLessThan(4 * idleMs + beside.batchMs + 50);
  expect(beside.itemsPerSecond).toBeGreaterThan(0);
}, 120_000);
