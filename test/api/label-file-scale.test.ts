import { afterAll, beforeAll, expect, it } from 'vitest';
import { watchEventLoop } from '../support/event-loop.ts';
import { exportFile, importFile } from '../support/label-files.ts';
import { startTestApp, type TestApp } from '../support/start-app.ts';
import { ownTaxonomy } from '../support/taxonomy-client.ts';

const LABEL_COUNT = 20_000;

let app: TestApp;
beforeAll(async () => (app = await startTestApp()));
afterAll(() => app.stop());

/** Four levels of ten; the paths are as long as those of the published files. */
function googleFile(): string {
  const pathOf = (id: number): string =>
    id <= 10 ? `Department number ${id}` : `${pathOf(Math.floor((id - 1) / 10))} > Things of kind ${id}`;
  const lines = Array.from({ length: LABEL_COUNT }, (_, i) => `${i + 1} - ${pathOf(i + 1)}\n`);
  return `# Google_Product_Taxonomy_Version: 2099-01-01\n${lines.join('')}`;
}

it('imports 20,000 terms in less than 30 seconds, and leaves turns to other requests', async () => {
  const file = googleFile();
  const taxonomy = await ownTaxonomy(app, {});
  const imported = await watchEventLoop(() => importFile(app, taxonomy, 'GOOGLE', file));
  expect(imported.result).toMatchObject({ changes: { addedCount: LABEL_COUNT }, problems: [] });
  const again = await watchEventLoop(() => importFile(app, taxonomy, 'GOOGLE', file));
  expect(again.result.changes).toMatchObject({ unchangedCount: LABEL_COUNT });
  const exported = await watchEventLoop(() => exportFile(app, taxonomy, 'GOOGLE'));
  expect(exported.result === file).toBe(true);
  const csv = await watchEventLoop(() => exportFile(app, taxonomy, 'CSV'));
  const target = await ownTaxonomy(app, {});
  const fromCsv = await watchEventLoop(() => importFile(app, target, 'CSV', csv.result));
  expect(fromCsv.result.changes).toMatchObject({ addedCount: LABEL_COUNT });
  const json = await exportFile(app, taxonomy, 'JSON');
  const fromJson = await watchEventLoop(() => importFile(app, target, 'JSON', json));
  expect(fromJson.result.changes).toMatchObject({ unchangedCount: LABEL_COUNT });

  const figures = { imported, again, exported, csv, fromCsv, fromJson };
  for (const [what, { durationMs, blockedMs }] of Object.entries(figures)) {
    console.log(
      `${LABEL_COUNT} labels, ${what}: ${durationMs} ms, event loop blocked ${blockedMs} ms at worst`,
    );
    expect(durationMs).toBeLessThan(30_000);
  }
});
