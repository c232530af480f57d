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

const linesAtStart = () =>
  describeStart({
    services: app.services,
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

it('the demonstration model names a command that brings a real one', async () => {
  const id = /model add (\S+)/.exec(linesAtStart())![1]!;
  expect(await findManifest(id)).toMatchObject({ licence: 'Apache-2.0' });
});
