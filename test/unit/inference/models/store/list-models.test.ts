import { cp, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import pino from 'pino';
import { SHIPPED_MODEL_DIR, SHIPPED_MODEL_ID } from '../../../../../src/config.ts';
import { listModels, loadModel, loadModels } from '../../../../../src/inference/index.ts';
import { writeTinyModel } from '../../support/tiny-model.ts';

let modelsDir: string;
let tiny: string;
beforeAll(async () => {
  modelsDir = await mkdtemp(join(tmpdir(), 'taxolens-models-'));
  tiny = await writeTinyModel();
  for (const id of ['b', 'a', '.adding-c']) await cp(tiny, join(modelsDir, id), { recursive: true });
  await mkdir(join(modelsDir, 'unfinished'));
});
const shipped = SHIPPED_MODEL_DIR;
const shippedModel = { id: SHIPPED_MODEL_ID, directory: shipped };
const list = (model: string, dir = modelsDir) => listModels({ model, modelsDir: dir, shippedModel });
const added = (id: string) => join(modelsDir, id);

describe('the models that are served', () => {
  it('are the default, all that were added, but what is being added, and the shipped one', async () => {
    expect(await list(tiny)).toEqual([tiny, added('a'), added('b'), shipped]);
  });

  it('begin with the added one that the default names, and name it once', async () => {
    expect(await list('b')).toEqual([added('b'), added('a'), shipped]);
    expect(await list(added('b'))).toEqual([added('b'), added('a'), shipped]);
  });

  it('are the default and the shipped one where none was ever added', async () => {
    expect(await list(tiny, '/nonexistent')).toEqual([tiny, shipped]);
  });

  it('have the shipped one once where it is the default, by its id or its directory', async () => {
    expect(await list(SHIPPED_MODEL_ID)).toEqual([shipped, added('a'), added('b')]);
    expect(await list('models/demo')).toEqual([shipped, added('a'), added('b')]);
    expect(await loadModel(shipped)).toMatchObject({ id: SHIPPED_MODEL_ID });
  });

  it('have a copy of the shipped one in its place, and only another revision is worth a line', async () => {
    const copies = await mkdtemp(join(tmpdir(), 'taxolens-models-'));
    const copy = join(copies, SHIPPED_MODEL_ID);
    await cp(shipped, copy, { recursive: true });
    const lines: string[] = [];
    const logger = pino({}, { write: (line) => void lines.push(line) });
    const places = { model: SHIPPED_MODEL_ID, modelsDir: copies, shippedModel };
    const load = async () => (await loadModels(places, logger)).map(({ directory }) => directory);
    expect([await load(), lines]).toEqual([[copy], []]);

    const settings = JSON.parse(await readFile(join(copy, 'taxolens.json'), 'utf8')) as object;
    await writeFile(join(copy, 'taxolens.json'), JSON.stringify({ ...settings, logitScale: 1 }));
    expect([await load(), lines]).toEqual([[copy], [expect.stringContaining('has the id of another')]]);
    await rm(copies, { recursive: true });
  });

  it('are refused where the default is neither, with what there is and how to add one', async () => {
    await expect(list('c')).rejects.toMatchObject({
      code: 'MODEL_NOT_AVAILABLE',
      message: expect.stringMatching(/no model 'c'.*\(a, b\).*taxolens model add/),
    });
  });
});
