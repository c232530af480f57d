import { globSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { Worker } from 'node:worker_threads';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { DIST } from '../support/built-client.ts';
import { bundleClient } from '../support/bundle-client.ts';
import { seed, type SeededTenant } from '../support/seed.ts';
import { startTestApp, type TestApp } from '../support/start-app.ts';

const ROOT = resolve(import.meta.dirname, '../..');
/** Minified and compressed with gzip, of everything, and of the verification of webhooks alone. */
const BUDGET_BYTES = { '*': 5_500, '{ verifyWebhook }': 1_000 };

describe('the bundle', () => {
  it.each(Object.entries(BUDGET_BYTES))('of %s is at most %d bytes', async (names, budgetBytes) => {
    const bytes = gzipSync(await bundleClient(names)).length;
    expect(bytes).toBeLessThanOrEqual(budgetBytes);
    expect(bytes).toBeGreaterThan(budgetBytes / 3);
  });

  it('is of the size that its README says', async () => {
    const readme = readFileSync(resolve(ROOT, 'packages/client/README.md'), 'utf8');
    const said = Number(/\*\*([\d.]+) kB\*\*/.exec(readme)![1]);
    expect(gzipSync(await bundleClient()).length / 1000).toBeCloseTo(said, 1);
  });
});

it('the built files import each other only, but for the entry of Node', () => {
  const files = globSync('*.js', { cwd: DIST }).filter((file) => file !== 'node.js');
  expect(files).toContain('index.js');
  const imports = files.flatMap((file) =>
    [...readFileSync(resolve(DIST, file), 'utf8').matchAll(/\b(?:from|import)\s*\(?\s*['"]([^'"]+)/g)].map(
      ([, specifier]) => specifier!,
    ),
  );
  expect(imports.length).toBeGreaterThan(20);
  expect(imports.filter((specifier) => !/^\.\/[\w.-]+\.js$/.test(specifier))).toEqual([]);
});

describe('where there is nothing of Node', () => {
  let app: TestApp;
  let tenant: SeededTenant;
  beforeAll(async () => {
    app = await startTestApp();
    tenant = await seed(app).withTenant('a').alone();
    await tenant.createTaxonomy(['two cats', 'one dog']);
  });
  afterAll(() => app.stop());

  it('classifies an upload, waits for a job, verifies a webhook and refuses another', async () => {
    const answer = await runWithWebGlobals(await bundleClient(), {
      url: app.url,
      key: tenant.key,
      image: new Uint8Array(readFileSync(resolve(ROOT, 'examples/one-dog.jpg'))),
    });
    expect(answer).toEqual({
      nodeGlobals: [],
      best: 'one dog',
      job: 'COMPLETED',
      refused: 'UNAUTHENTICATED',
      verified: 'webhook.test',
      forged: 'WebhookError',
    });
  });
});

const HIDDEN = ['Buffer', 'setImmediate', 'clearImmediate'];

/**
 * Runs the bundle in a worker that has only what browsers and edge runtimes have, and gives back what it finds.
 * What the fetch of Node itself needs is hidden from the bundle alone.
 */
async function runWithWebGlobals(bundle: string, workerData: object): Promise<unknown> {
  const program = `
    const { parentPort, workerData } = require('node:worker_threads');
    const NODE = ['process', 'require', 'module', 'exports', '__filename', '__dirname', 'global'];
    for (const name of NODE) delete globalThis[name];
    const bundle = ${JSON.stringify(`data:text/javascript,${encodeURIComponent(`const ${HIDDEN.map((name) => `${name} = undefined`)};${bundle}`)}`)};
    import(bundle).then(async ({ createClient, verifyWebhook }) => {
      const { url, key, image } = workerData;
      const client = createClient({ url, key });
      const input = { images: [new Blob([image])], taxonomies: ['animals'] };
      const [result] = await client.classify(input);
      const job = await client.waitForJob((await client.createJob(input)).id);
      const refused = await createClient({ url, token: 'no' }).classify(input).catch(({ code }) => code);

      const text = new TextEncoder();
      const [id, timestamp] = ['event_1', String(Math.floor(Date.now() / 1000))];
      const payload = '{"type":"webhook.test"}';
      const algorithm = { name: 'HMAC', hash: 'SHA-256' };
      const signing = await crypto.subtle.importKey('raw', text.encode('a'.repeat(32)), algorithm, false, ['sign']);
      const code = await crypto.subtle.sign('HMAC', signing, text.encode(id + '.' + timestamp + '.' + payload));
      const signature = 'v1,' + btoa(String.fromCharCode(...new Uint8Array(code)));
      const headers = { 'webhook-id': id, 'webhook-timestamp': timestamp, 'webhook-signature': signature };
      const verify = (body) => verifyWebhook(body, headers, 'whsec_' + btoa('a'.repeat(32)));
      parentPort.postMessage({
        nodeGlobals: NODE.filter((name) => globalThis[name] !== undefined),
        best: result.outcomes[0].predictions[0].name,
        job: job.state,
        refused,
        verified: (await verify(payload)).type,
        forged: await verify(payload + ' ').catch(({ name }) => name),
      });
    });`;
  const worker = new Worker(program, { eval: true, workerData });
  try {
    return await new Promise((resolve, reject) => {
      worker.once('message', resolve);
      worker.once('error', reject);
      worker.once('exit', () => reject(new Error('The worker ended without an answer.')));
    });
  } finally {
    await worker.terminate();
  }
}
