import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { asSuperuser } from '../support/database.ts';
import { recordStatements } from '../support/record-statements.ts';
import { startTestApp, type TestApp } from '../support/start-app.ts';

const read = (path: string) => readFileSync(resolve(import.meta.dirname, '../..', path), 'utf8');

interface Rule {
  alert: string;
  expr: string;
  annotations: { summary: string; runbook_url: string };
}
const rules = (parse(read('deploy/prometheus/alerts.yml')) as { groups: { rules: Rule[] }[] }).groups.flatMap(
  (group) => group.rules,
);
const dashboard = JSON.parse(read('deploy/grafana/taxolens.json')) as {
  panels: { id: number; title: string; targets: { expr: string }[] }[];
};

let app: TestApp;
let series: Set<string>;
beforeAll(async () => {
  app = await startTestApp();
  series = seriesOf(await scrape());
});
afterAll(() => app.stop());

const scrape = async () => (await fetch(`${app.url}/metrics`)).text();

/** The names that a query may use: of a histogram those of its series, not its own. */
function seriesOf(text: string): Set<string> {
  const types = [...text.matchAll(/^# TYPE (\S+) (\w+)$/gm)];
  const suffixes: Record<string, string[]> = { histogram: ['_bucket', '_sum', '_count'] };
  return new Set(types.flatMap(([, name, type]) => (suffixes[type!] ?? ['']).map((suffix) => name + suffix)));
}

const namesIn = (expr: string) => expr.match(/\b(taxolens|process|nodejs)_\w+/g) ?? [];

describe('the alerts and the dashboard', () => {
  it('ask only for what /metrics has', () => {
    const asked = [...rules, ...dashboard.panels.flatMap(({ targets }) => targets)].map(({ expr }) => expr);
    expect(asked.length).toBeGreaterThan(20);
    // `up` is Prometheus's own: whether the last scrape worked.
    expect(asked.filter((expr) => namesIn(expr).length === 0)).toEqual(['up{job="taxolens"} == 0']);
    expect(asked.flatMap(namesIn).filter((name) => !series.has(name))).toEqual([]);
  });

  it('show every metric of ours', () => {
    const asked = dashboard.panels.flatMap(({ targets }) => targets.flatMap(({ expr }) => namesIn(expr)));
    const bases = new Set(asked.map((name) => name.replace(/_(bucket|sum|count)$/, '')));
    const ours = [...series].map((name) => name.replace(/_(bucket|sum|count)$/, ''));
    expect(ours.filter((name) => name.startsWith('taxolens_') && !bases.has(name))).toEqual([]);
  });

  it('have a runbook each, and there is no runbook without an alert', () => {
    const operations = read('docs/operations.md');
    const runbooks = [...operations.matchAll(/^### (Taxolens\w+)$/gm)].map(([, name]) => name);
    expect(runbooks.toSorted()).toEqual(rules.map(({ alert }) => alert).toSorted());
    for (const { alert, annotations } of rules) {
      expect(annotations.runbook_url).toBe(`docs/operations.md#${alert.toLowerCase()}`);
    }
  });
});

describe('taxolens_database_up', () => {
  it('asks the database once, however many scrape', async () => {
    await scrape();
    const statements = await recordStatements(async () => {
      await Promise.all(Array.from({ length: 20 }, scrape));
    });
    expect(statements.filter((sql) => sql === 'select 1').length).toBeLessThanOrEqual(1);
  });

  it('says whether the database answers', async () => {
    const now = async () => /^taxolens_database_up (.)$/m.exec(await scrape())![1];
    await expect.poll(now).toBe('1');
    const name = new URL(app.database.applicationUrl).pathname.slice(1);
    await asSuperuser(`alter database ${name} allow_connections false`);
    await asSuperuser(`select pg_terminate_backend(pid) from pg_stat_activity where datname = '${name}'`);
    await expect.poll(now, { timeout: 10_000 }).toBe('0');
    await asSuperuser(`alter database ${name} allow_connections true`);
    await expect.poll(now, { timeout: 10_000 }).toBe('1');
  });
});
