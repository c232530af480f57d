import { cp, readFile, truncate, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { SHIPPED_MODEL_DIR } from '../../src/config.ts';
import { classify, readExample } from '../support/classify.ts';
import { seed, type SeededTenant } from '../support/seed.ts';
import { startTestApp, type TestApp } from '../support/start-app.ts';
import { taxonomyClient, toLabelInputs, type TaxonomyClient } from '../support/taxonomy-client.ts';
import { makeDirectory } from '../unit/inference/models/store/support/tiny-manifest.ts';

/** The shipped model under another id, whose text encoder is whole: of its image encoder half is missing. */
const GRAPH = 'onnx/vision_model.onnx';
let modelsDir: string;
let app: TestApp;
let tenant: SeededTenant;
let client: TaxonomyClient;

beforeAll(async () => {
  modelsDir = await makeDirectory();
  const half = join(modelsDir, 'half');
  await cp(SHIPPED_MODEL_DIR, half, { recursive: true });
  const settings = JSON.parse(await readFile(join(half, 'taxolens.json'), 'utf8')) as object;
  await writeFile(join(half, 'taxolens.json'), JSON.stringify({ ...settings, id: 'half' }));
  await truncate(join(half, GRAPH), (await readFile(join(half, GRAPH))).length / 2);
  app = await startTestApp({ modelsDir });
  tenant = await seed(app).withTenant('zoo').alone();
  client = taxonomyClient(app, tenant.key);
});
afterAll(() => app.stop());

const create = async (name: string, modelId: string) =>
  (await client.mutate('createTaxonomy', { name, modelId, labels: toLabelInputs('cat', 'dog') })).taxonomy!
    .id;

it('a version for a model that cannot run is FAILED, and its author is told no path of the server', async () => {
  // Its prompts are cached then: only running the model can tell.
  await client.publish(await create('whole', 'taxolens-demo'));
  const id = await create('half', 'half');
  const { version } = await client.publish(id, { waitMs: 60_000 });
  expect(version).toMatchObject({
    state: 'FAILED',
    failure: expect.stringMatching(/The model 'half' cannot be run here.* operator .* log/),
  });
  expect(JSON.stringify(version)).not.toContain(modelsDir);

  const { payload } = await classify(app, {
    images: [readExample('one-cat.png')],
    taxonomies: ['half'],
    key: tenant.key,
  });
  expect(payload!.userErrors).toMatchObject([{ code: 'TAXONOMY_NOT_PUBLISHED' }]);
});
