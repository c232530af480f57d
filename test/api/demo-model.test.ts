import { cp, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { startApp } from '../../src/app.ts';
import { SHIPPED_MODEL_DIR } from '../../src/config.ts';
import { classify, readExample } from '../support/classify.ts';
import { createClient } from '../support/client.ts';
import { startTestApp, type TestApp } from '../support/start-app.ts';
import { makeDirectory } from '../unit/inference/models/store/support/tiny-manifest.ts';

let app: TestApp;
beforeAll(async () => {
  const modelsDir = await makeDirectory();
  for (const [id, languages] of Object.entries({ chinese: ['zh'], bilingual: ['en', 'zh'] })) {
    const directory = join(modelsDir, id);
    await cp(SHIPPED_MODEL_DIR, directory, { recursive: true });
    const settings = JSON.parse(await readFile(join(directory, 'taxolens.json'), 'utf8')) as object;
    const changed = { ...settings, id, languages, logitScale: 20 };
    await writeFile(join(directory, 'taxolens.json'), JSON.stringify(changed));
  }
  app = await startTestApp({ modelsDir });
});
afterAll(() => app.stop());

it('the demonstration answers in both of its languages, whichever model is the default', async () => {
  let key = '';
  for (const [model, expected] of [
    ['chinese', { model: { id: 'taxolens-demo' }, taxonomyVersion: { number: 1 } }],
    ['taxolens-demo', { model: { id: 'taxolens-demo' }, taxonomyVersion: { number: 1 } }],
    ['bilingual', { model: { id: 'bilingual' }, taxonomyVersion: { number: 2 } }],
    ['chinese', { model: { id: 'taxolens-demo' }, taxonomyVersion: { number: 3 } }],
  ] as const) {
    await using stack = new AsyncDisposableStack();
    const started = await startApp({ ...app.services.config, model, demo: true }, { explorer: false });
    stack.defer(() => started.stop());
    key ||= started.demo!.apiKey!;
    for (const [language, best] of [
      ['en', 'two cats'],
      ['zh', '两只猫'],
    ] as const) {
      const { payload } = await classify(createClient(started.url), {
        images: [readExample('two-cats.jpg')],
        taxonomies: ['five-labels'],
        input: { language, promptLanguage: language },
        key,
      });
      const [outcome] = payload!.results[0]?.outcomes ?? [];
      expect([model, payload!.userErrors, outcome]).toMatchObject([model, [], expected]);
      expect(outcome!.predictions![0]!.name).toBe(best);
    }
  }
});
