import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { describeStart } from '../../src/first-start/describe-start.ts';
import { findManifest } from '../../src/inference/models/registry/registry.ts';
import { importModel } from '../../src/inference/models/store/index.ts';
import { startTestApp, type TestApp } from '../support/start-app.ts';
import { makeDirectory } from '../unit/inference/models/store/support/tiny-manifest.ts';
import { writeTinyModel } from '../unit/inference/support/tiny-model.ts';

const NOTICE = 'Its card rules out any deployed use.';
let app: TestApp;
beforeAll(async () => {
  const modelsDir = join(await makeDirectory(), 'models');
  await importModel(await writeTinyModel({ settings: { licenceNotice: NOTICE } }), modelsDir);
  app = await startTestApp({ modelsDir });
});
afterAll(() => app.stop());

const linesAtStart = (models = app.services.inference.models) =>
  describeStart({
    // As inference lists them: anew at each look.
    services: {
      config: app.services.config,
      inference: {
        get models() {
          return models.map((model) => ({ ...model }));
        },
      },
    },
    publicUrl: app.url,
    operatorKey: { hash: new Uint8Array(), secret: null, source: 'environment' },
    demo: null,
  });

it('`models` and the lines at start say what the licence of an added model forbids', async () => {
  const { models } = await app.graphql<{ models: object[] }>(
    '{ models { id licenceNotice } }',
    {},
    app.operatorKey,
  );
  expect(models).toEqual([
    { id: 'taxolens-demo', licenceNotice: null },
    { id: 'tiny', licenceNotice: NOTICE },
  ]);
  expect(linesAtStart()).toContain(`Mind its restrictions: ${NOTICE}`);
});

it('models stand there by name and id; of the demonstration model it says once what it is, and what to set', () => {
  const lines = linesAtStart();
  expect(lines).toMatch(/^ {2}Model +Taxolens demonstration model \(taxolens-demo\), on cpu$/m);
  expect(lines).toMatch(/^ {2}Model +tiny \(tiny\), loaded when it is asked for$/m);
  expect(lines.match(/DEMONSTRATION/g)).toHaveLength(1);
  expect(lines).toContain('TAXOLENS_MODEL=tiny makes a real one the default.');
  expect(lines).not.toContain('model add');
  const [demo, tiny] = app.services.inference.models;
  expect(linesAtStart([demo!, { ...demo!, id: 'second' }]).match(/DEMONSTRATION/g)).toHaveLength(1);
  expect(linesAtStart([tiny!, demo!])).not.toMatch(/model add|makes a real one/);
});

it('where there is no other, the demonstration model names a command that brings a real one', async () => {
  const id = /model add (\S+)/.exec(linesAtStart(app.services.inference.models.slice(0, 1)))![1]!;
  expect(await findManifest(id)).toMatchObject({ licence: 'Apache-2.0' });
});
