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
beforeAll(async () => {
  server = await startServed({ TAXOLENS_DATA_DIR: dataDir.path, DATABASE_URL: '' });
  key = /Bearer (txl_\w+)/.exec(server.output())![1]!;
});
afterAll(async () => {
  await endServed(server);
  dataDir.remove();
  rmSync(scratch, { recursive: true });
});

/** The fenced block of this language below a heading of README, talking to the server of this test. */
function blockOf(heading: string, language: string): string {
  const section = README.split(`\n## ${heading}\n`)[1]!.split('\n## ')[0]!;
  const [, block] = new RegExp(`\`\`\`${language}\n(.*?)\n\`\`\``, 's').exec(section)!;
  expect(block).toContain('http://127.0.0.1:4000');
  return block!.replaceAll('http://127.0.0.1:4000', server.url);
}

/** Runs a program as a reader of README does: in the root of the repository, with the key in the environment. */
async function output(program: string, args: string[]): Promise<string> {
  const env = { ...process.env, API_KEY: key };
  return (await run(program, args, { cwd: ROOT, env })).stdout;
}

describe('the examples of README', () => {
  it('curl, in the first five minutes: classifies a picture', async () => {
    const answer = JSON.parse(await output('sh', ['-c', blockOf('The first five minutes', 'sh')]));
    const { results, userErrors } = answer.data.classifyImages;
    expect(userErrors).toEqual([]);
    expect(results[0].outcomes[0].top.name).toBe('two cats');
  });

  it('TypeScript, for a frontend: classifies a picture', async () => {
    const file = join(scratch, 'classify.ts');
    writeFileSync(file, blockOf('For a frontend developer', 'ts'));
    const program = `
      const { classify } = await import(${JSON.stringify(pathToFileURL(file).href)});
      const { openAsBlob } = await import('node:fs');
      const outcome = await classify(await openAsBlob('examples/two-cats.jpg'), process.env.API_KEY);
      console.log(JSON.stringify(outcome));`;
    const outcome = JSON.parse(await output(process.execPath, ['--input-type=module', '-e', program]));
    expect(outcome.predictions).toHaveLength(3);
    expect(outcome.predictions[0].path.at(-1).key).toBe('cat');
  });

  it('curl, for an admin: makes a taxonomy in two languages and publishes it', async () => {
    const lines = (await output('sh', ['-c', blockOf('For an admin', 'sh')])).trim();
    const { version, embeddedPrompts, userErrors } = JSON.parse(lines).data.publishTaxonomy;
    expect(userErrors).toEqual([]);
    expect(version).toEqual({ number: 1, state: 'READY', labelCount: 3 });
    expect(embeddedPrompts).toBeGreaterThan(0);
  });

  it('Python, for an integration: classifies pictures, and no second time when it is run again', async () => {
    const file = join(scratch, 'classify.py');
    writeFileSync(file, blockOf('For an integration', 'python'));
    const pictures = ['examples/two-cats.jpg', 'examples/one-dog.jpg'];
    const first = await output('python3', [file, ...pictures]);
    expect(first).toMatch(/^examples\/two-cats\.jpg .*'two cats'.*\nexamples\/one-dog\.jpg .*'one dog'/);
    expect(await output('python3', [file, ...pictures])).toBe(first);
  });
});
