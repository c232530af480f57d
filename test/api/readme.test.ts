import { execFile } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { endServed, makeDataDir, startServed, type Served } from '../support/served.ts';

const run = promisify(execFile);
const ROOT = resolve(import.meta.dirname, '../..');
const README = readFileSync(join(ROOT, 'README.md'), 'utf8');

const dataDir = makeDataDir();
const scratch = mkdtempSync(join(tmpdir(), 'taxolens-readme-'));
let server: Served;
let key: string;
let operatorKey: string;
beforeAll(async () => {
  server = await startServed({ TAXOLENS_DATA_DIR: dataDir.path, DATABASE_URL: '' });
  key = /Bearer (txl_\w+)/.exec(server.output())![1]!;
  operatorKey = /txlop_\w+/.exec(server.output())![0];
});
afterAll(async () => {
  await endServed(server);
  dataDir.remove();
  rmSync(scratch, { recursive: true });
});

/** The fenced blocks of this language below a heading of README, in order, talking to the server of this test. */
function blocksOf(heading: string, language: string): string {
  const section = README.split(`\n## ${heading}\n`)[1]!.split('\n## ')[0]!;
  const blocks = section.matchAll(new RegExp(`\`\`\`${language}\n(.*?)\n\`\`\``, 'gs'));
  const text = [...blocks].map(([, block]) => block).join('\n');
  expect(text).toContain('http://127.0.0.1:4000');
  return text.replaceAll('http://127.0.0.1:4000', server.url).replace('txlop_…', operatorKey);
}

/** Runs a program as a reader of README does: in the root of the repository, with the key in the environment. */
async function output(program: string, args: string[], apiKey = key): Promise<string> {
  const env = { ...process.env, API_KEY: apiKey };
  return (await run(program, args, { cwd: ROOT, env })).stdout;
}

describe('the examples of README', () => {
  it('curl, in the first five minutes: classifies a picture', async () => {
    const answer = JSON.parse(await output('sh', ['-c', blocksOf('The first five minutes', 'sh')]));
    const { results, userErrors } = answer.data.classifyImages;
    expect(userErrors).toEqual([]);
    expect(results[0].outcomes[0].top.name).toBe('two cats');
  });

  /** Runs the TypeScript of README with another taxonomy's name. */
  const runTypeScript = (taxonomy: string) => {
    const file = join(scratch, `${taxonomy}.ts`);
    writeFileSync(
      file,
      blocksOf('For a frontend developer', 'ts').replace('animals-and-things', () => taxonomy),
    );
    const program = `
      const { classify } = await import(${JSON.stringify(pathToFileURL(file).href)});
      const { openAsBlob } = await import('node:fs');
      const outcome = await classify(await openAsBlob('examples/two-cats.jpg'), process.env.API_KEY);
      console.log(JSON.stringify(outcome));`;
    return output(process.execPath, ['--input-type=module', '-e', program]);
  };

  it('TypeScript, for a frontend: classifies a picture', async () => {
    const outcome = JSON.parse(await runTypeScript('animals-and-things'));
    expect(outcome.predictions).toHaveLength(3);
    expect(outcome.predictions[0].path.at(-1).key).toBe('cat');
  });

  it('TypeScript, for a frontend: throws what the user has to mend', async () => {
    await expect(runTypeScript('no-such')).rejects.toThrow(/NOT_FOUND: .*no-such/);
  });

  it('curl, for an admin: publishes a taxonomy, makes keys, and leaves the shell with its key', async () => {
    const script = `${blocksOf('For an admin', 'sh')}\nask '{"query": "{ viewer { tenant { name } } }"}'`;
    const read = async () => {
      const lines = (await output('sh', ['-c', script])).trim().split(/\n+/);
      return lines.map((line) => JSON.parse(line).data);
    };
    const [created, published, apiKey, tenant, viewer] = await read();
    expect(created.createTaxonomy.userErrors).toEqual([]);
    expect(published.publishTaxonomy).toMatchObject({
      version: { number: 1, state: 'READY', labelCount: 3 },
      userErrors: [],
    });
    expect(published.publishTaxonomy.embeddedPrompts).toBeGreaterThan(0);
    expect(apiKey.createApiKey.secret).toMatch(/^txl_/);
    expect(tenant.createTenant.adminKey.secret).toMatch(/^txl_/);
    expect(viewer.viewer.tenant.name).toBe('demo');

    const [again, nextKey] = await read();
    expect(again.createTaxonomy.userErrors[0].code).toBe('NAME_TAKEN');
    expect(nextKey.createApiKey.secret).toMatch(/^txl_/); // nothing was published in between
  });

  describe('Python, for an integration', () => {
    const pictures = ['examples/two-cats.jpg', 'examples/one-dog.jpg'];
    /** Runs the Python of README with these arguments and another taxonomy's name. */
    const runPython = (args: string[], taxonomy = 'five-labels', apiKey = key) => {
      const file = join(scratch, `${taxonomy}.py`);
      writeFileSync(
        file,
        blocksOf('For an integration', 'python').replace('five-labels', () => taxonomy),
      );
      return output('python3', [file, ...args], apiKey);
    };

    it('classifies pictures, under other names and against other taxonomies too', async () => {
      const answer = /^examples\/two-cats\.jpg .*'two cats'.*\nexamples\/one-dog\.jpg .*'one dog'/;
      expect(await runPython(pictures)).toMatch(answer);
      const renamed = pictures.map((picture) => `./${picture}`);
      expect(await runPython(renamed)).toMatch(/^\.\/examples\/two-cats\.jpg /);
      expect(await runPython(pictures, 'animals-and-things')).toMatch(/^examples\/two-cats\.jpg .*cat/);
    });

    it('says what is to be mended, and ends with exit code 1', async () => {
      const failsWith = (stderr: RegExp) => ({ code: 1, stderr: expect.stringMatching(stderr) });
      await expect(runPython(pictures, 'no-such')).rejects.toMatchObject(failsWith(/NOT_FOUND: .*no-such/));
      await expect(runPython([])).rejects.toMatchObject(failsWith(/INVALID_INPUT: /));
    });

    it('does not wait for a quota that comes back after days', async () => {
      const made = await server.graphql<{
        createTenant: { tenant: { id: string }; adminKey: { secret: string } };
      }>(
        'mutation { createTenant(input: { name: "poor" }) { tenant { id } adminKey { secret } } }',
        {},
        operatorKey,
      );
      const { tenant, adminKey } = made.createTenant;
      const input = { id: tenant.id, quotas: { imagesPerMonth: 1 } };
      await server.graphql(
        'mutation ($input: UpdateTenantInput!) { updateTenant(input: $input) { userErrors { message } } }',
        { input },
        operatorKey,
      );
      await expect(runPython(pictures, 'five-labels', adminKey.secret)).rejects.toMatchObject({
        code: 1,
        stderr: expect.stringMatching(/1 images a month.*\(try again in \d+ s\)\n$/),
      });
    });
  });
});
