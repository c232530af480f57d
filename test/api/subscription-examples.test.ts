import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { startNode, startProgram } from '../support/child.ts';
import { classify, readExample } from '../support/classify.ts';
import { readMetric } from '../support/metrics.ts';
import { until } from '../support/poll.ts';
import { seed } from '../support/seed.ts';
import { startTestApp, type TestApp } from '../support/start-app.ts';

const PAGE = readFileSync(resolve(import.meta.dirname, '../../docs/subscriptions.md'), 'utf8');

let app: TestApp;
beforeAll(async () => (app = await startTestApp()));
afterAll(() => app?.stop());

/** The block of the page that begins so, talking to the server of this test. */
function example(language: string, beginning: string): string {
  const block = PAGE.split(`\`\`\`${language}\n`).find((text) => text.startsWith(beginning))!;
  return block.split('\n```')[0]!.replace('127.0.0.1:4000', new URL(app.url).host);
}

it.each(['curl', 'Node'])(
  'the example of docs/subscriptions.md for %s is told of a classification',
  async (name) => {
    const { key, taxonomy } = await seed(app).withTenant(name).withTaxonomy(['cat', 'dog']);
    const env = { API_KEY: key, TAXONOMY_ID: taxonomy.id };
    const child =
      name === 'curl'
        ? startProgram('sh', ['-c', `exec ${example('', 'curl').replace('taxonomy_…', taxonomy.id)}`], env)
        : startNode(['--input-type=module', '-e', example('js', 'import { createClient }')], env);
    await until('it listens', async () => (await readMetric(app.url, 'taxolens_open_subscriptions')) === 1);
    await classify(app, { images: [readExample('one-cat.png')], references: ['shelf 7'], key });
    await until('it has been told', () => /shelf 7/.test(child.output()));
    expect(child.output()).toMatch(/name"?: ?['"]cat/);
    child.process.kill();
    await child.ended;
    await until('it has left', async () => (await readMetric(app.url, 'taxolens_open_subscriptions')) === 0);
  },
);
