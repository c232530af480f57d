import { cp, mkdir, mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { listModels } from '../../../../../src/inference/index.ts';
import { writeTinyModel } from '../../support/tiny-model.ts';

let modelsDir: string;
let tiny: string;
beforeAll(async () => {
  modelsDir = await mkdtemp(join(tmpdir(), 'taxolens-models-'));
  tiny = await writeTinyModel();
  for (const id of ['b', 'a', '.adding-c']) await cp(tiny, join(modelsDir, id), { recursive: true });
  await mkdir(join(modelsDir, 'unfinished'));
});
const added = (id: string) => join(modelsDir, id);

describe('the models that are served', () => {
  it('are the default and all that were added, but what is being added', async () => {
    expect(await listModels({ model: tiny, modelsDir })).toEqual([tiny, added('a'), added('b')]);
  });

  it('begin with the added one that the default names, and name it once', async () => {
    expect(await listModels({ model: 'b', modelsDir })).toEqual([added('b'), added('a')]);
    expect(await listModels({ model: added('b'), modelsDir })).toEqual([added('b'), added('a')]);
  });

  it('are the default alone where none was ever added', async () => {
    expect(await listModels({ model: tiny, modelsDir: '/nonexistent' })).toEqual([tiny]);
  });

  it('are refused where the default is neither, with what there is and how to add one', async () => {
    await expect(listModels({ model: 'c', modelsDir })).rejects.toMatchObject({
      code: 'MODEL_NOT_AVAILABLE',
      message: expect.stringMatching(/no model 'c'.*\(a, b\).*taxolens model add/),
    });
  });
});
