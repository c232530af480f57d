import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { classify, readExample } from '../support/classify.ts';
import { seed, type SeededTenant } from '../support/seed.ts';
import { recordStatements } from '../support/record-statements.ts';
import { startTestApp, type TestApp } from '../support/start-app.ts';

interface Group {
  start: string | null;
  taxonomy: { name: string } | null;
  labelKey: string | null;
  count: number;
  meanScore: number | null;
  medianScore: number | null;
  latency: { p50Ms: number; p95Ms: number; p99Ms: number } | null;
  meanBatchSize: number | null;
}

let app: TestApp;
let tenant: SeededTenant;
beforeAll(async () => {
  app = await startTestApp();
  const seeded = await seed(app).withTenant('counted').withTaxonomy(['cat', 'dog']);
  tenant = seeded;
  await tenant.createTaxonomy(['pizza', 'cat'], { name: 'food' });
  const images = [readExample('one-cat.png'), readExample('one-dog.jpg'), readExample('two-cats.jpg')];
  await classify(app, { images, key: tenant.key });
  await classify(app, { images: [readExample('pizza.jpg')], taxonomies: ['food'], key: tenant.key });
});
afterAll(() => app.stop());

const QUERY = `query ($from: DateTime!, $to: DateTime!, $by: ClassificationStatsBy!, $taxonomyId: ID) {
  classificationStats(from: $from, to: $to, by: $by, taxonomyId: $taxonomyId) { total { ...group } groups { ...group } }
}
fragment group on ClassificationStatsGroup {
  start taxonomy { name } labelKey count meanScore medianScore latency { p50Ms p95Ms p99Ms } meanBatchSize
}`;
const hours = (count: number) => new Date(Date.now() + count * 3_600_000).toISOString();
const recent = { from: hours(-1), to: hours(1) };

async function stats(variables: Record<string, unknown>, key = tenant.key) {
  const data = await app.graphql<{ classificationStats: { total: Group; groups: Group[] } }>(
    QUERY,
    { ...recent, ...variables },
    key,
  );
  return data.classificationStats;
}

describe('classificationStats', () => {
  it('counts by taxonomy and by label, the largest group first', async () => {
    const byTaxonomy = await stats({ by: 'TAXONOMY' });
    expect(byTaxonomy.total).toMatchObject({ count: 4, start: null, taxonomy: null });
    expect(byTaxonomy.groups.map(({ taxonomy, count }) => [taxonomy!.name, count])).toEqual([
      ['animals', 3],
      ['food', 1],
    ]);
    const byLabel = await stats({ by: 'LABEL' });
    expect(byLabel.groups.map(({ taxonomy, labelKey, count }) => [taxonomy!.name, labelKey, count])).toEqual([
      ['animals', 'cat', 2],
      ['animals', 'dog', 1],
      ['food', 'pizza', 1],
    ]);
  });

  it('counts by hour and day, with scores, latencies and batch sizes', async () => {
    const { rows } = await readRows();
    const scores = rows.map(({ score }) => score).toSorted((a, b) => a - b);
    for (const by of ['HOUR', 'DAY']) {
      const { total, groups } = await stats({ by });
      expect(groups.reduce((sum, { count }) => sum + count, 0)).toBe(4);
      const pattern = by === 'DAY' ? /T00:00:00.000Z$/ : /:00:00.000Z$/;
      for (const { start } of groups) expect(start).toMatch(pattern);
      expect(total.meanScore).toBeCloseTo(scores.reduce((sum, score) => sum + score, 0) / 4, 10);
      expect(total.medianScore).toBeCloseTo((scores[1]! + scores[2]!) / 2, 10);
      const { p50Ms, p95Ms, p99Ms } = total.latency!;
      const latencies = rows.map(({ totalMs }) => totalMs);
      expect([p50Ms, p95Ms]).toEqual([p50Ms, p95Ms].toSorted((a, b) => a - b));
      expect(p50Ms).toBeGreaterThanOrEqual(Math.min(...latencies));
      expect(p99Ms).toBeLessThanOrEqual(Math.max(...latencies));
      expect(total.meanBatchSize).toBeGreaterThanOrEqual(1);
    }
  });

  it('is empty where nothing was made, and for another tenant', async () => {
    const none = { count: 0, meanScore: null, latency: null, meanBatchSize: null };
    const before = await stats({ by: 'DAY', from: hours(-48), to: hours(-24) });
    expect(before).toMatchObject({ total: none, groups: [] });
    const other = await seed(app).withTenant('other').alone();
    expect(await stats({ by: 'LABEL' }, other.key)).toMatchObject({ total: none, groups: [] });
  });

  it('keeps to one taxonomy, and costs one statement beside those of every request', async () => {
    const foreign = await seed(app).withTenant('third').withTaxonomy(['a'], { published: false });
    expect((await stats({ by: 'LABEL', taxonomyId: foreign.taxonomy.id })).total.count).toBe(0);
    const statements = await recordStatements(() => stats({ by: 'HOUR' }));
    expect(statements.filter((sql) => sql.includes('from classification'))).toHaveLength(1);
  });

  it('refuses times that are none or too long, and ids of other things', async () => {
    const refusal = async (variables: Record<string, unknown>) => {
      const { errors } = await app.send({
        query: QUERY,
        variables: { ...recent, ...variables },
        key: tenant.key,
      });
      return errors[0]!.extensions.code;
    };
    expect(await refusal({ by: 'DAY', to: recent.from })).toBe('INVALID_INPUT');
    expect(await refusal({ by: 'HOUR', from: hours(-32 * 24) })).toBe('INVALID_INPUT');
    expect(await refusal({ by: 'DAY', from: hours(-367 * 24) })).toBe('INVALID_INPUT');
    expect(await refusal({ by: 'DAY', taxonomyId: tenant.id })).toBe('INVALID_INPUT');
  });
});

/** The classifications of the tenant as they are stored. */
async function readRows() {
  const query = `query { classifications(first: 100) { nodes { top { score } timing { totalMs } } } }`;
  const { classifications } = await app.graphql<{
    classifications: { nodes: { top: { score: number }; timing: { totalMs: number } }[] };
  }>(query, {}, tenant.key);
  return {
    rows: classifications.nodes.map(({ top, timing }) => ({ score: top.score, totalMs: timing.totalMs })),
  };
}
