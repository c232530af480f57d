import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startNode } from '../support/child.ts';
import { createTestDatabase, withClient, type TestDatabase } from '../support/database.ts';
import { startDurableDatabase } from '../support/durable-database.ts';
import { findChildren } from '../support/leak-guard.ts';
import { until } from '../support/poll.ts';
import { endServed, MAIN, makeDataDir, SERVED_ENV, startServed, type Served } from '../support/served.ts';

const run = promisify(execFile);

let database: TestDatabase;
let unsafe: TestDatabase;
let first: Served;
let env: NodeJS.ProcessEnv;
beforeAll(async () => {
  database = await startDurableDatabase();
  unsafe = await createTestDatabase();
  env = { DATABASE_URL: database.applicationUrl, TAXOLENS_DEMO: 'true' };
  first = await startServed(env);
});
afterAll(async () => {
  await endServed(first);
  await database.drop();
  await unsafe.drop();
});

const secretsIn = (text: string) => [...new Set(text.match(/\b(txl|txlop)_[0-9A-Za-z_]{20,}/g))];
const keyIn = (text: string) => secretsIn(text).find((secret) => secret.startsWith('txl_'))!;

describe('the first start', () => {
  it('says where it is, which model it has, and what the keys are', () => {
    const text = first.output();
    expect(text).toContain(`API           ${first.url}/graphql`);
    expect(text).toContain('DEMONSTRATION');
    expect(text).toContain('TAXOLENS_MODEL');
    expect(text).toContain('in the database of DATABASE_URL');
    expect(secretsIn(text).map((secret) => secret.split('_')[0])).toEqual(['txlop', 'txl']);
    expect(text.trimEnd().split('\n').at(-1)).toBe(`Taxolens is ready at ${first.url}`);
  });

  it('prints an operator key that works', async () => {
    const operatorKey = secretsIn(first.output())[0]!;
    const { tenants } = await first.graphql<{ tenants: object }>(
      '{ tenants(first: 9) { nodes { name } } }',
      {},
      operatorKey,
    );
    expect(tenants).toEqual({ nodes: [{ name: 'demo' }] });
  });

  it.each([
    ['English', ['one cat', 'one dog', 'two cats', 'two tigers', 'one tiger']],
    ['Chinese', ['一只猫', '一只狗', '两只猫', '两只老虎', '一只老虎']],
  ])('prints a command that classifies a picture in %s', async (language, names) => {
    const [, command] = new RegExp(`${language}.*\n\n(curl[^]*?two-cats.jpg'?)`).exec(first.output())!;
    const { stdout } = await run('sh', ['-c', command!]);
    const { data } = JSON.parse(stdout) as {
      data: {
        classifyImages: { results: { outcomes: { predictions: { name: string; score: number }[] }[] }[] };
      };
    };
    const { predictions } = data.classifyImages.results[0]!.outcomes[0]!;
    expect(predictions.map(({ name }) => name).toSorted()).toEqual(names.toSorted());
    expect(predictions[0]!.name).toBe(names[2]);
    expect(predictions.reduce((sum, { score }) => sum + score, 0)).toBeCloseTo(1, 5);
  });

  it('publishes a tree in two languages', async () => {
    const { taxonomy } = await first.graphql<{ taxonomy: { latestVersion: object } }>(
      `{ taxonomy(by: { name: "animals-and-things" }) {
        latestVersion { number labelCount promptLanguages labels(first: 3) { nodes { key name(language: "zh") } } }
      } }`,
      {},
      keyIn(first.output()),
    );
    expect(taxonomy.latestVersion).toEqual({
      number: 1,
      labelCount: 76,
      promptLanguages: ['en', 'zh'],
      labels: {
        nodes: [
          { key: 'animals', name: '动物' },
          { key: 'pets', name: '宠物' },
          { key: 'cat', name: '猫' },
        ],
      },
    });
  });
});

describe('the process that answers', () => {
  it('maps no native library of inference', () => {
    const maps = readFileSync(`/proc/${first.process.pid}/maps`, 'utf8');
    expect(maps).not.toMatch(/onnxruntime|libvips/);
    const children = findChildren(first.process.pid!).map((pid) => readFileSync(`/proc/${pid}/maps`, 'utf8'));
    expect(children.some((child) => /onnxruntime/.test(child))).toBe(true);
    expect(children.some((child) => /libvips/.test(child))).toBe(true);
  });
});

describe('a second start', () => {
  let second: Served;
  beforeAll(async () => {
    second = await startServed(env);
  });
  afterAll(() => endServed(second));

  it('keeps the data, and prints no secret', async () => {
    expect(secretsIn(second.output())).toEqual([]);
    expect(second.output()).toContain('createApiKey makes others');
    const { taxonomies } = await second.graphql<{ taxonomies: object }>(
      '{ taxonomies(first: 9, orderBy: NAME_ASC) { nodes { name latestVersion { number } } } }',
      {},
      keyIn(first.output()),
    );
    expect(taxonomies).toEqual({
      nodes: [
        { name: 'animals-and-things', latestVersion: { number: 1 } },
        { name: 'five-labels', latestVersion: { number: 1 } },
      ],
    });
  });

  it('prints a command that classifies a picture, with the key in a variable', async () => {
    const [, command] = /API_KEY:\n\n(curl[^]*?two-cats.jpg'?)/.exec(second.output())!;
    const env = { ...process.env, API_KEY: keyIn(first.output()) };
    const { stdout } = await run('sh', ['-c', command!], { env });
    expect(stdout).toContain('"name":"two cats"');
  });

  it('publishes anew what is of another model revision', async () => {
    await withClient(database.superuserUrl, async (client) => {
      await client.query('alter table taxonomy_version disable trigger all');
      await client.query(`update taxonomy_version set model_revision = 'another' where number = 1`);
      await client.query('alter table taxonomy_version enable trigger all');
    });
    const third = await startServed(env);
    const { taxonomy } = await third.graphql<{ taxonomy: object }>(
      '{ taxonomy(by: { name: "five-labels" }) { latestVersion { number } } }',
      {},
      keyIn(first.output()),
    );
    expect(taxonomy).toEqual({ latestVersion: { number: 2 } });
    expect(await endServed(third)).toBe(0);
  });
});

describe('without DATABASE_URL', () => {
  it('keeps everything in the data directory, from one start to the next, for one server at a time', async () => {
    const dataDir = makeDataDir();
    const own = { TAXOLENS_DATA_DIR: dataDir.path, DATABASE_URL: '' };
    const one = await startServed(own);
    expect(one.output()).toContain(`Data          ${dataDir.path} (TAXOLENS_DATA_DIR)`);
    const key = keyIn(one.output());
    expect(await endServed(one)).toBe(0);
    const two = await startServed(own);
    const { viewer } = await two.graphql<{ viewer: object }>('{ viewer { tenant { name } } }', {}, key);
    expect(viewer).toEqual({ tenant: { name: 'demo' } });

    const three = startNode([MAIN, 'serve'], { ...SERVED_ENV, ...own });
    expect(await three.ended).toBe(78);
    expect(three.output()).toContain(`Process ${two.process.pid} uses the data directory ${dataDir.path}`);
    const worker = startNode([MAIN, 'worker'], { ...SERVED_ENV, ...own });
    await until('the worker is ready', () => worker.output().includes('The worker is ready.'), 60_000);
    expect(await endServed(worker)).toBe(0);
    expect(await endServed(two)).toBe(0);
    dataDir.remove();
  }, 240_000);
});

describe('the end', () => {
  it('comes after what is in flight, and leaves no child', async () => {
    const served = await startServed(env);
    const children = findChildren(served.process.pid!);
    const key = keyIn(first.output());
    const picture = new Uint8Array(readFileSync('examples/two-cats.jpg'));
    const count = 20;
    const variables = { images: Array.from({ length: count }, () => ({ source: { upload: null } })) };
    // Twenty files that are not equal, so that each is decoded and encoded.
    const files = Object.fromEntries(
      Array.from({ length: count }, (_, index) => [
        `variables.images.${index}.source.upload`,
        new Uint8Array([...picture, index]),
      ]),
    );
    const answer = served.upload<{ classifyImages: { results: { outcomes: { __typename: string }[] }[] } }>(
      `mutation ($images: [ImageInput!]!) {
        classifyImages(input: { images: $images, taxonomies: [{ by: { name: "five-labels" } }] }) {
          results { outcomes { __typename } } userErrors { message }
        }
      }`,
      variables,
      files,
      key,
    );
    await until('the request is in flight', async () => {
      const metrics = await (await fetch(`${served.url}/metrics`)).text();
      return /^taxolens_admitted_images [1-9]/m.test(metrics);
    });
    const code = endServed(served);
    const { classifyImages } = await answer;
    const kinds = classifyImages.results.flatMap(({ outcomes }) =>
      outcomes.map(({ __typename: kind }) => kind),
    );
    expect(kinds).toEqual(Array.from({ length: count }, () => 'Classification'));
    expect(await code).toBe(0);
    await until('its children are gone', () => children.every((pid) => !isRunning(pid)));
  });
});

function isRunning(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}

describe('what a person must mend', () => {
  it.each([
    ['a variable that is unknown', { TAXOLENS_MODLE: 'x' }, 'TAXOLENS_MODLE: unknown'],
    ['a model that is not there', { TAXOLENS_MODEL: '/nonexistent' }, "There is no model '/nonexistent'"],
    [
      'a data directory that cannot be made',
      { DATABASE_URL: '', TAXOLENS_DATA_DIR: '/proc/taxolens' },
      'The data directory /proc/taxolens cannot be written',
    ],
    ['a port that is taken', () => ({ PORT: new URL(first.url).port }), 'another process listens there'],
    [
      'a role that policies do not bind',
      () => ({ DATABASE_URL: database.superuserUrl }),
      'it is a superuser',
    ],
    [
      'a server that may lose what it acknowledged',
      () => ({ DATABASE_URL: unsafe.applicationUrl }),
      'this is off: fsync (set by: command line), full_page_writes (set by: command line), synchronous_commit',
    ],
  ])('is told in one paragraph: %s', async (_, wrong, message) => {
    const child = startNode([MAIN, 'serve'], {
      ...env,
      PORT: '0',
      LOG_LEVEL: 'warn',
      ...(typeof wrong === 'function' ? wrong() : wrong),
    });
    expect(await child.ended).toBe(78);
    expect(child.output()).toContain(message);
    expect(child.output()).not.toMatch(/\n\s+at /);
  });
});

describe('the command line', () => {
  it('tells what the model is', async () => {
    const child = startNode([MAIN, 'model', 'show']);
    expect(await child.ended).toBe(0);
    expect(child.output()).toMatch(/^id: +taxolens-demo$/m);
    expect(child.output()).toMatch(/^revision: +[0-9a-f]{64}$/m);
  });

  it('runs jobs in a worker beside the server, until it is told to end', async () => {
    const child = startNode([MAIN, 'worker'], { ...env, LOG_LEVEL: 'warn', TAXOLENS_ENCODERS: '1' });
    await until('the worker is ready', () => child.output().includes('The worker is ready.'));
    expect(await endServed(child)).toBe(0);
  });

  it('knows its commands', async () => {
    const child = startNode([MAIN, 'nonsense']);
    expect(await child.ended).toBe(64);
    expect(child.output()).toContain("There is no command 'nonsense'");
  });
});
