import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { hookClient, type HookAnswer } from '../support/hook-client.ts';
import { seed, type SeededTenant } from '../support/seed.ts';
import { startTestApp, type TestApp } from '../support/start-app.ts';

const ROOT = resolve(import.meta.dirname, '../..');
const GUIDE = readFileSync(resolve(ROOT, 'docs/inbound-hooks.md'), 'utf8');
const [json, raw, standard] = [...GUIDE.matchAll(/```sh\n(.+?)```/gs)].map(([, block]) => block!);

let app: TestApp;
let tenant: SeededTenant & { taxonomy: { id: string } };
beforeAll(async () => {
  app = await startTestApp();
  tenant = await seed(app).withTenant('a').withTaxonomy(['cat', 'bicycle']);
});
afterAll(() => app.stop());

/** Runs an example in the root of the repository, as its reader does, against a hook of this scheme. */
async function run(example: string, scheme: string): Promise<HookAnswer['body']> {
  const input = { name: 'guide', taxonomyId: tenant.taxonomy.id, scheme };
  const { hook, secret } = await hookClient(app, tenant.key).createOrThrow(input);
  const env = { ...process.env, HOOK_URL: app.url + hook.url, HOOK_SECRET: secret };
  const { stdout } = await promisify(execFile)('sh', ['-c', example], { cwd: ROOT, env });
  return JSON.parse(stdout) as HookAnswer['body'];
}

it('the examples of docs/inbound-hooks.md do what they say', async () => {
  // The image of the first is nowhere: nothing leaves this machine.
  const elsewhere = json!.replace(/https:\/\/upload\.[^"]+/, 'http://127.0.0.1/');
  expect(await run(elsewhere, 'BEARER')).toMatchObject({ state: 'PENDING' });
  expect(await run(raw!, 'BEARER')).toMatchObject({
    state: 'COMPLETED',
    results: [{ data: { predictions: [{ label: { key: 'cat' } }, {}] } }],
  });
  expect(await run(standard!, 'STANDARD_WEBHOOKS')).toMatchObject({ state: 'IGNORED' });
});
