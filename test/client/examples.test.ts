import { execFile } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { delimiter, join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { parseAllowedTargets } from '../../src/outbound/allowed-targets.ts';
import { startBucket } from '../support/bucket.ts';
import { startNode } from '../support/child.ts';
import { findFreePort } from '../support/free-port.ts';
import { makeProject, type Project } from '../support/packed-client.ts';
import { until } from '../support/poll.ts';
import { seed, type SeededTenant } from '../support/seed.ts';
import { startTestApp, type TestApp } from '../support/start-app.ts';
import { webhookClient } from '../support/webhook-client.ts';

const run = promisify(execFile);
const ROOT = resolve(import.meta.dirname, '../..');

let app: TestApp;
let tenant: SeededTenant;
let project: Project;
beforeAll(async () => {
  app = await startTestApp({ allowedPrivateTargets: parseAllowedTargets('127.0.0.1') });
  tenant = await seed(app).withTenant('a').alone();
  await tenant.createTaxonomy(['two cats', 'one dog', 'one cat', 'pizza'], { name: 'five-labels' });
  project = await makeProject();
});
afterAll(async () => {
  project.remove();
  await app.stop();
});

/** Runs a program of examples/ as its reader does, in a project that has installed the client. */
async function output(program: string, ...args: string[]): Promise<string> {
  const env = { ...process.env, SERVER_URL: app.url, API_KEY: tenant.key };
  return (await run(program, args, { cwd: project.path, env })).stdout;
}

/** The Node that the machine has, which the one of the lock file hides. */
async function findSystemNode(): Promise<string> {
  const path = process.env.PATH!.split(delimiter).filter((folder) => !folder.includes('node_modules'));
  const env = { PATH: path.join(delimiter) };
  return (await run('sh', ['-c', 'command -v node'], { env })).stdout.trim();
}

describe('the programs of examples/', () => {
  it('classify.sh: curl, with a picture and a taxonomy', async () => {
    const { data } = JSON.parse(await output('sh', 'classify.sh', 'two-cats.jpg', 'five-labels'));
    expect(data.classifyImages.results[0].outcomes[0].predictions[0].name).toBe('two cats');
    const refused = JSON.parse(await output('sh', 'classify.sh', 'two-cats.jpg', 'no-such'));
    expect(refused.data.classifyImages.userErrors[0].code).toBe('NOT_FOUND');
  });

  it('classify.mjs: Node, with a broken picture beside good ones', async () => {
    writeFileSync(join(project.path, 'broken.jpg'), 'no picture');
    const lines = await output(process.execPath, 'classify.mjs', 'two-cats.jpg', 'broken.jpg', 'one-dog.jpg');
    expect(lines).toMatch(
      /^two-cats\.jpg: two cats [01]\.\d{3}\nbroken\.jpg: IMAGE_UNSUPPORTED: .+\none-dog\.jpg: one dog [01]\.\d{3}\n$/,
    );
  });

  it('job.py: Python, with a job and its results', async () => {
    const lines = (await output('python3', 'job.py', 'two-cats.jpg', 'one-dog.jpg')).trim().split('\n');
    const results = lines.map((line) => JSON.parse(line));
    expect(results.map(({ reference, state }) => [reference, state])).toEqual([
      ['two-cats.jpg', 'SUCCEEDED'],
      ['one-dog.jpg', 'SUCCEEDED'],
    ]);
    await expect(output('python3', 'job.py')).rejects.toMatchObject({
      code: 1,
      stderr: expect.stringMatching(/^INVALID_INPUT: /),
    });
  });

  it('route.ts: a handler of web requests', async () => {
    const program = `
      const { POST } = await import(${JSON.stringify(pathToFileURL(join(project.path, 'route.ts')).href)});
      const { openAsBlob } = await import('node:fs');
      const post = async (picture) => {
        const body = new FormData();
        if (picture) body.append('picture', picture, 'picture');
        const response = await POST(new Request('http://app.example/api/classify', { method: 'POST', body }));
        return [response.status, await response.json()];
      };
      console.log(JSON.stringify([await post(await openAsBlob('two-cats.jpg')), await post(new Blob(['?'])), await post()]));`;
    const answers = JSON.parse(await output(process.execPath, '--input-type=module', '-e', program));
    expect(answers).toMatchObject([
      [200, [{ name: 'two cats' }, {}, {}]],
      [422, { message: expect.stringMatching(/./) }],
      [400, { message: 'Send a picture.' }],
    ]);
  });

  it('bucket.mjs: what an S3-like bucket has under a prefix', async () => {
    const picture = (name: string) => readFileSync(resolve(ROOT, 'examples', name));
    const bucket = await startBucket({
      'new/two cats + more.jpg': picture('two-cats.jpg'),
      'new/狗.jpg': picture('one-dog.jpg'),
      'new/list.txt': Buffer.from('no picture'),
      'old/pizza.jpg': picture('pizza.jpg'),
    });
    try {
      const lines = (await output(process.execPath, 'bucket.mjs', `${bucket.url}/photos`, 'new/'))
        .trim()
        .split('\n');
      expect(lines).toEqual([
        '2 classified, 1 failed',
        'new/list.txt: IMAGE_UNSUPPORTED',
        'new/two cats + more.jpg: two cats',
        'new/狗.jpg: one dog',
      ]);
    } finally {
      await bucket.stop();
    }
  });

  it('bucket-hook.mjs: what is put into an S3-like bucket from then on', async () => {
    const bucket = await startBucket();
    try {
      const commands = await output(process.execPath, 'bucket-hook.mjs', bucket.url, 'photos');
      const [, endpoint, authToken] = /endpoint="(.+?)" auth_token="(.+?)"/.exec(commands)!;
      bucket.notify = { endpoint: endpoint!, authToken: authToken! };
      const body = readFileSync(resolve(ROOT, 'examples/one-dog.jpg'));
      await fetch(`${bucket.url}/photos/new/${encodeURIComponent('a dog + 狗.jpg')}`, {
        method: 'PUT',
        body,
      });
      const query = `{ classifications(first: 1, filter: { reference: "photos/new/a dog + 狗.jpg" }) {
        nodes { top { label { key } } } } }`;
      const best = await until('it is classified', async () => {
        type Data = { classifications: { nodes: { top: { label: { key: string } } }[] } };
        const { classifications } = await app.graphql<Data>(query, {}, tenant.key);
        return classifications.nodes[0]?.top.label.key;
      });
      expect(best).toBe('one dog');
      expect(await until('the bucket is answered', () => bucket.notified[0])).toBe(202);
    } finally {
      await bucket.stop();
    }
  });
});

describe('the package', () => {
  it('runs on the Node of the system too, and where there is no global WebCrypto', async () => {
    const program = `
      delete globalThis.crypto;
      const { createClient } = await import('@taxolens/client');
      const client = createClient({ url: process.env.SERVER_URL, key: process.env.API_KEY });
      const [{ outcomes }] = await client.classify({ images: [new Uint8Array(1)], taxonomies: ['five-labels'] });
      console.log(outcomes[0].code);`;
    for (const node of [await findSystemNode(), process.execPath]) {
      expect(await output(node, '--input-type=module', '-e', program)).toBe('IMAGE_UNSUPPORTED\n');
    }
  });

  it('has types for a strict project, its examples among what they check', async () => {
    writeFileSync(
      join(project.path, 'tsconfig.json'),
      JSON.stringify({
        compilerOptions: {
          strict: true,
          noUncheckedIndexedAccess: true,
          exactOptionalPropertyTypes: true,
          module: 'nodenext',
          target: 'es2022',
          lib: ['es2022', 'dom', 'dom.iterable'],
          types: [],
          noEmit: true,
        },
        files: ['route.ts', 'process.d.ts', 'misuse.ts'],
      }),
    );
    writeFileSync(
      join(project.path, 'process.d.ts'),
      'declare const process: { env: Record<string, string | undefined> };',
    );
    writeFileSync(
      join(project.path, 'misuse.ts'),
      `import { createClient } from '@taxolens/client';
      // @ts-expect-error: a key or a token
      const client = createClient({ url: '' });
      // @ts-expect-error: no taxonomies
      void client.classify({ images: [] });
      // @ts-expect-error: an image is no number
      void client.classify({ images: [1], taxonomies: ['a'] });
      const [result] = await client.classify({ images: ['https://a.example/b.jpg'], taxonomies: ['a'] });
      // @ts-expect-error: the outcome may be an error
      console.log(result!.outcomes[0]!.predictions);`,
    );
    const compiler = resolve(ROOT, 'node_modules/typescript/bin/tsc');
    expect(await output(process.execPath, compiler, '-p', '.')).toBe('');
  });

  it('has a README whose examples are what its types allow', async () => {
    const readme = readFileSync(resolve(ROOT, 'packages/client/README.md'), 'utf8');
    const blocks = [...readme.matchAll(/```ts\n(.+?)\n```/gs)].map(([, block]) => block);
    expect(blocks.length).toBeGreaterThan(1);
    const globals = 'declare const file: File, process: { env: { TAXOLENS_KEY: string } };';
    writeFileSync(join(project.path, 'readme.ts'), [globals, ...blocks].join('\n'));
    const compiler = resolve(ROOT, 'node_modules/typescript/bin/tsc');
    const options = ['--ignoreConfig', '--noEmit', '--strict', '--module', 'nodenext', '--target', 'es2022'];
    const checked = output(
      process.execPath,
      compiler,
      ...options,
      '--types',
      '',
      '--lib',
      'es2022,dom',
      'readme.ts',
    );
    expect(await checked).toBe('');
  });
});

it('the consumer of webhooks in README has at most 15 lines, takes an event once, and refuses what is not signed', async () => {
  const readme = readFileSync(resolve(ROOT, 'README.md'), 'utf8');
  const consumer = /```js\n(.+?)\n```/s.exec(readme)![1]!;
  expect(consumer.split('\n').length).toBeLessThanOrEqual(15);
  const port = await findFreePort();
  writeFileSync(
    join(project.path, 'consumer.mjs'),
    consumer.replace('listen(8080)', `listen(${port}, '127.0.0.1')`),
  );
  const url = `http://127.0.0.1:${port}/`;
  const webhooks = webhookClient(app, tenant.key);
  const { endpoint, secret } = await webhooks.createOrThrow({ url, eventTypes: ['WEBHOOK_TEST'] });
  const child = startNode([join(project.path, 'consumer.mjs')], { WEBHOOK_SECRET: secret });
  try {
    const status = () =>
      fetch(url, { method: 'POST', body: '{}' }).then(
        (response) => response.status,
        () => undefined,
      );
    expect(await until('it listens', status)).toBe(401);
    const { id } = await webhooks.sendTest(endpoint.id);
    await until(
      'it is delivered',
      async () => (await webhooks.deliveries({ state: 'SUCCEEDED' })).length === 1,
    );
    expect(child.output()).toContain(`webhook.test`);
    await webhooks.redeliver({ deliveryIds: [id] });
    await until('it has it again', async () => (await webhooks.deliveries())[0]!.attemptCount === 2);
    expect(child.output().match(/webhook\.test/g)).toHaveLength(1);
  } finally {
    child.process.kill();
    await child.ended;
  }
});
