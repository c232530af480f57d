import { appendFile, mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { model } from '../../../src/cli/model.ts';
import { readConfig } from '../../../src/config.ts';
import { startNode, startProgram } from '../../support/child.ts';
import { startHubDouble } from '../../support/hub-double.ts';
import { until } from '../../support/poll.ts';
import { MAIN } from '../../support/served.ts';
import {
  makeDirectory,
  tinyCheckpoint,
  tinyExport,
  tinyManifest,
} from '../inference/models/store/support/tiny-manifest.ts';
import { writeTinyModel } from '../inference/support/tiny-model.ts';

const hub = await startHubDouble();
afterAll(() => hub.stop());
hub.publish('exporter/tiny', await tinyExport());
hub.publish('maker/tiny', tinyCheckpoint());

let modelsDir: string;
let manifest: string;
beforeAll(async () => {
  const directory = await makeDirectory();
  manifest = join(directory, 'my-model.json');
  await writeFile(manifest, JSON.stringify(tinyManifest()));
});
beforeEach(async () => (modelsDir = await makeDirectory()));

async function run(words: string[], env: NodeJS.ProcessEnv = {}) {
  const child = startNode([MAIN, 'model', ...words], {
    TAXOLENS_MODELS_DIR: modelsDir,
    HF_ENDPOINT: hub.endpoint,
    ...env,
  });
  return { code: await child.ended, output: child.output() };
}

describe('taxolens model add', () => {
  it('says at once where it looks, and what fails there', async () => {
    const nobody = { HF_ENDPOINT: 'http://127.0.0.1:9' };
    const child = startNode([MAIN, 'model', 'add', manifest], { TAXOLENS_MODELS_DIR: modelsDir, ...nobody });
    const output = await until('it tries again', () => child.output().includes('again') && child.output());
    expect(output).toMatch(
      /Looking for the files of tiny in http:\/\/127\.0\.0\.1:9\.\.\.\n.*ECONNREFUSED.*Trying again in 1 s/,
    );
    child.process.kill('SIGKILL');
    await child.ended;
  });

  it('says nothing of --from where that was used', async () => {
    const from = await makeDirectory();
    await mkdir(join(from, 'maker/tiny'), { recursive: true });
    const { code, output } = await run(['add', manifest, '--from', from]);
    expect([code, output]).toEqual([
      78,
      expect.stringMatching(/maker\/tiny in .* has none of .*Copy it there/),
    ]);
    expect(output).not.toContain('--from');

    const { files } = tinyCheckpoint();
    await writeFile(join(from, 'maker/tiny/model.safetensors'), files['model.safetensors']!);
    await writeFile(join(from, 'maker/tiny/config.json'), '{}');
    expect((await run(['add', manifest, '--from', from])).output).toMatch(
      /no tokenizer\.json.*, maker\/tiny in .*Copy it there/,
    );
  });

  it('names restrictions first, tells how far it is, and what comes next', async () => {
    const { code, output } = await run(['add', manifest]);
    expect(output).toMatch(
      /^Adding Tiny \(tiny\)\. Licence: MIT\.\nMind its restrictions: Its card rules out/,
    );
    expect(output).toMatch(/Fetching: \d+ % of 0\.\d MB/);
    expect(output).toContain('TAXOLENS_MODEL=tiny makes it the default.');
    expect(output).not.toContain('\u001B');
    expect(code).toBe(0);
  });

  it('fetches once for two processes that start at the same time', async () => {
    hub.seen.length = 0;
    const both = await Promise.all([run(['add', manifest]), run(['add', manifest])]);
    expect(both.map(({ code }) => code)).toEqual([0, 0]);
    expect(hub.downloads('onnx/text_model.onnx')).toHaveLength(1);
  });

  it('copies a directory that is a model already, and leaves one with a taken id alone', async () => {
    expect(await run(['add', await writeTinyModel()])).toMatchObject({ code: 0 });
    const other = await run(['add', await writeTinyModel({ settings: { logitScale: 3 } })]);
    expect(other.code).toBe(78);
    expect(other.output).toContain("There is another model 'tiny'");
  });

  it('takes an id of the registry for that, also beside a directory of its name', async () => {
    const cwd = await makeDirectory();
    await mkdir(join(cwd, 'clip-vit-base-patch32'));
    const command = [process.execPath, MAIN, 'model', 'add', 'clip-vit-base-patch32'];
    const child = startProgram('sh', ['-c', 'cd "$0" && exec "$@"', cwd, ...command], {
      TAXOLENS_MODELS_DIR: modelsDir,
      HF_ENDPOINT: hub.endpoint,
      HF_HUB_OFFLINE: '1',
    });
    await child.ended;
    expect(child.output()).toContain('HF_HUB_OFFLINE is set');
  });

  it('copies the pictures of reference.json too', async () => {
    const directory = await writeTinyModel();
    for (const file of ['cat.png', 'pytorch_model.bin']) await writeFile(join(directory, file), '');
    await run(['add', directory]);
    expect(await readdir(join(modelsDir, 'tiny'))).toEqual(expect.arrayContaining(['cat.png', 'onnx']));
    expect(await readdir(join(modelsDir, 'tiny'))).not.toContain('pytorch_model.bin');
  });

  it.each([
    [['add', 'clip'], 78, "There is no model 'clip' in the registry"],
    [['nonsense'], 64, 'Expected: taxolens model <list | add | show | verify | check | remove>\n'],
  ])('refuses %j in a paragraph', async (words, code, message) => {
    const refused = await run(words);
    expect(refused.code).toBe(code);
    expect(refused.output).toContain(message);
    expect(refused.output).not.toMatch(/\n\s+at /);
  });

  it.each([
    [['add'], 'Expected: taxolens model add <id, manifest or directory> [--from <directory>]'],
    [['add', 'x', 'y'], 'Expected: taxolens model'],
    [['add', 'x', '--form', 'y'], "Unknown option '--form'"],
    [['add', 'clip-vit-base-patch32', '--precision', 'fp8'], "expected fp32, fp16, int8; got 'fp8'"],
    [['add', '.', '--precision', 'int8'], 'a model directory, which is copied as it is'],
    [['list', '--from', 'x'], 'Expected: taxolens model'],
    [[], 'Expected: taxolens model'],
  ])('refuses %j, and shows how it is called', async (words, message) => {
    const refused = model(readConfig({ HF_ENDPOINT: hub.endpoint }), ...words);
    await expect(refused).rejects.toMatchObject({
      name: 'UsageError',
      message: expect.stringContaining(message),
    });
  });
});

describe('the models of this machine', () => {
  it('are listed with the shipped one and the default marked', async () => {
    await mkdir(join(modelsDir, 'lost'));
    const { output } = await run(['list']);
    expect(output).toMatch(
      /^shipped +taxolens-demo +Taxolens demonstration model \(en, zh\) {2}<- the default$/m,
    );
    expect(output).toMatch(/^BROKEN +lost +taxolens\.json is missing/m);
    await run(['add', manifest]);
    const other = await run(['list'], { TAXOLENS_MODEL: 'tiny' });
    expect(other.output.match(/.*<- the default/g)).toEqual([expect.stringMatching(/^added +tiny/)]);
  });

  it('are shown by their ids: the shipped one, what could be added, and what is broken with the remedy', async () => {
    expect((await run(['show', 'taxolens-demo'])).output).toMatch(/^demonstration: +yes/m);
    const known = await run(['show', 'siglip2-base-patch16-224']);
    expect(known.code).toBe(0);
    expect(known.output).toMatch(
      /^licence: +Apache-2\.0\nIt is in the registry, not added: "taxolens model add siglip2/m,
    );
    await mkdir(join(modelsDir, 'lost'));
    expect(await run(['show', 'lost'])).toEqual({
      code: 78,
      output: expect.stringMatching(/'lost' is broken: .* no taxolens\.json\. "taxolens model remove lost"/),
    });
  });

  it('are checked and not verified where they ship, and checked after they were added', async () => {
    const shipped = await run(['verify', 'taxolens-demo']);
    expect(shipped.output).toContain('"taxolens model check taxolens-demo" runs it');
    const missing = await run(['check', 'siglip2-base-patch16-224']);
    expect(missing.output).toContain('"taxolens model add siglip2-base-patch16-224" adds it');
  });
});

describe('an added model', () => {
  it('whose directory is gone can be removed, as verify says', async () => {
    await run(['add', manifest]);
    await rm(join(modelsDir, 'tiny'), { recursive: true });
    expect((await run(['verify'])).output).toMatch(/^tiny: taxolens\.json is missing\.$/m);
    expect(await run(['remove', 'tiny'])).toMatchObject({ code: 0 });
    expect(await run(['verify'])).toMatchObject({
      code: 0,
      output: expect.stringContaining('No model was added'),
    });
  });

  it('is listed, shown, verified, and removed unless it is the default', async () => {
    await run(['add', manifest]);
    expect((await run(['list'])).output).toMatch(/^added +tiny$/m);
    expect((await run(['show', 'tiny'])).output).toMatch(/^restrictions: +Its card rules out deployment\.$/m);
    expect(await run(['verify'])).toEqual({ code: 0, output: 'tiny: 7 files are what they were.\n' });

    await appendFile(join(modelsDir, 'tiny', 'onnx/text_model.onnx'), 'x');
    const spoilt = await run(['verify', 'tiny']);
    expect(spoilt.code).toBe(78);
    expect(spoilt.output).toMatch(
      /^tiny: 6 files are what they were, 1 file is not\.\n\ntiny: onnx\/text_model\.onnx has \d+ bytes, not \d+\.\nBring it back whole: "taxolens model remove <id>".*--from, or from the directory/,
    );

    const isDefault = await run(['remove', 'tiny'], { TAXOLENS_MODEL: 'tiny' });
    expect(isDefault.output).toContain("'tiny' is the default model");
    expect(await run(['remove', 'tiny'])).toMatchObject({ code: 0 });
    expect((await run(['remove', 'tiny'])).output).toContain("No model 'tiny' was added");
    const pins = JSON.parse(await readFile(join(modelsDir, 'models.lock.json'), 'utf8'));
    expect(pins.models).toEqual({});
    expect(Object.keys(pins.sources).toSorted()).toEqual(['exporter/tiny', 'maker/tiny']);
  }, 180_000);

  it('is checked: it runs here, and its vectors are those that were recorded', async () => {
    await run(['add', manifest]);
    const plain = await run(['check', 'tiny']);
    expect(plain.code).toBe(0);
    expect(plain.output).toMatch(/^Dimension: +16$/m);
    expect(plain.output).toMatch(/^Images: +[\d.]+ ms each, decoding included; \d+ MB of memory$/m);
    expect(plain.output).toMatch(/^Reference: +none is recorded/m);
    expect(plain.output).toMatch(/^ {2}two-cats\.jpg +(right|WRONG) {2}\S/m);
    expect(plain.output).toMatch(/^\d of 8 right\.$/m);

    const wrong = {
      texts: [{ text: 'a photo of a cat', embedding: Array.from({ length: 16 }, (_, i) => i) }],
    };
    await writeFile(join(modelsDir, 'tiny', 'reference.json'), JSON.stringify(wrong));
    const refused = await run(['check', 'tiny']);
    expect(refused.code).toBe(78);
    expect(refused.output).toMatch(
      /not those of reference\.json: a cosine is -?0\.\d+, expected at least 0\.9999/,
    );
    for (const [reference, message] of [
      [{ texts: [] }, 'expected a text or an image at least'],
      [{ images: [{ file: 'cat.png', embedding: [1] }] }, 'reference.json names the picture cat.png'],
    ] as const) {
      await writeFile(join(modelsDir, 'tiny', 'reference.json'), JSON.stringify(reference));
      expect((await run(['check', 'tiny'])).output).toContain(message);
    }
  }, 180_000);
});
