import { cp, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { findManifest } from '../../src/inference/models/registry/registry.ts';
import { makeDataDir } from '../support/served.ts';
import { readScale, runPair } from './support/article-pair.ts';

const CHECKPOINTS = resolve(import.meta.dirname, '../fixtures/checkpoints');
const IMAGE = 'openai/clip-vit-base-patch32';
const TEXT = 'IDEA-CCNL/Taiyi-CLIP-Roberta-102M-Chinese';

const dataDir = makeDataDir();
let from: string;
beforeAll(async () => {
  from = await mkdtemp(join(tmpdir(), 'taxolens-copies-'));
  await cp(join(CHECKPOINTS, 'openai-clip-vit-b-32'), join(from, IMAGE), { recursive: true });
  await cp(join(CHECKPOINTS, 'taiyi-102m'), join(from, TEXT), { recursive: true });
});
afterAll(async () => {
  dataDir.remove();
  await rm(from, { recursive: true });
});

it("the article's pair, tiny: added from its two checkpoints, served, scored as PyTorch does", async () => {
  const manifest = await findManifest('taiyi-clip-roberta-102m-chinese');
  const tiny = {
    ...manifest,
    image: { ...manifest.image, dimension: 12 },
    text: { ...manifest.text, dimension: 12 },
    preprocessing: { ...manifest.preprocessing, size: 8 },
  };
  const model = join(from, 'tiny.json');
  await writeFile(model, JSON.stringify(tiny));
  const report = await runPair({
    model,
    id: manifest.id,
    from,
    image: join(from, IMAGE),
    text: join(from, TEXT),
    dataDir: dataDir.path,
    logitScale: await readScale(join(from, IMAGE)),
  });
  expect(report.scores).toBe(12);
  expect(report.maxDifference).toBeLessThan(1e-4);
}, 180_000);
