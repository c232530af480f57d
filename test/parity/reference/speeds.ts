/**
 * Measures the image encoders of the registry on two cores, and writes docs/model-speeds.json:
 *
 *     node test/parity/reference/speeds.ts
 *
 * Needs python3 with torch, 20 GB of memory and 10 GB of disk. Two processes of one thread encode side by side, with
 * random weights. What else the machine does slows every graph down alike: each is measured in turn with the smallest
 * one, so that their ratio holds, and so many images a second come of it and of that one's best round.
 */
import { execFileSync, fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { convertCheckpoint } from '../../../src/inference/models/convert/index.ts';
import { readReference } from '../support/reference.ts';
import type { Precision } from '../../../src/inference/models/graph-files.ts';
import type { Opened, Round } from './speed-child.ts';

const OUTPUT = resolve(import.meta.dirname, '../../../docs/model-speeds.json');
const PYTHON = process.env['PYTHON'] ?? 'python3';
const CORES = 2;
const ROUNDS = 7;
const ROUND_MS = 4_000;

const HOW =
  'Two processes of one thread each on two virtual cores of a busy cloud machine (AMD EPYC, AVX-512 with VNNI), one image a ' +
  'batch, decoding not included, random weights of that shape. Each was measured in turn with ViT-B/32 in fp32: the median ' +
  "of the ratios, times the images a second of ViT-B/32's best round.";

/** By image encoder, as docs/generate-models.ts names it: the checkpoint that has its shape. The first is the measure. */
const CASES = {
  'clip-vision ViT-B/32 224': 'openai-clip-vit-b-32',
  'clip-vision ViT-B/16 224': 'chinese-clip-vit-b-16',
  'siglip-vision ViT-B/16 224': 'siglip-b-16',
  'clip-vision ViT-L/14 224': 'openai-clip-vit-l-14',
  'clip-vision ViT-L/14 336': 'openai-clip-vit-l-14-336',
  'clip-vision ViT-H/14 224': 'laion-clip-vit-h-14',
};

const root = await mkdtemp(join(tmpdir(), 'speeds-'));
try {
  await measureAll();
} finally {
  await rm(root, { recursive: true });
}

async function measureAll(): Promise<void> {
  const ratios: Record<string, { fp32: number; int8: number }> = {};
  const [[first, base]] = Object.entries(CASES) as [[string, string]];
  await using measure = await openEncoders(await makeGraph(base, 'fp32'));
  let best = 0;
  const compareWith = async (graph: Opened): Promise<number> => {
    await using encoders = await openEncoders(graph);
    const found: number[] = [];
    for (let round = 0; round < ROUNDS; round++) {
      const theirs = await measure.run();
      best = Math.max(best, theirs);
      found.push((await encoders.run()) / theirs);
    }
    process.stdout.write(`  ${found.map((ratio) => ratio.toFixed(3)).join(' ')}\n`);
    return found.toSorted((a, b) => a - b)[Math.floor(ROUNDS / 2)]!;
  };
  for (const [shape, name] of Object.entries(CASES)) {
    process.stdout.write(`${shape}\n`);
    const fp32 = shape === first ? 1 : await compareWith(await makeGraph(name, 'fp32'));
    const int8 = await compareWith(await makeGraph(name, 'int8'));
    ratios[shape] = { fp32, int8 };
    if (shape !== first) await rm(join(root, name), { recursive: true });
  }
  const imagesPerSecond = Object.entries(ratios).map(([shape, { fp32, int8 }]) => {
    const rounded = (ratio: number) => Number((ratio * best).toPrecision(2));
    return [shape, { fp32: rounded(fp32), int8: rounded(int8) }];
  });
  const content = { how: HOW, imagesPerSecond: Object.fromEntries(imagesPerSecond) as object };
  await writeFile(OUTPUT, `${JSON.stringify(content, null, 2)}\n`);
}

/** The checkpoint is made once for both precisions. */
async function makeGraph(name: string, precision: Precision): Promise<Opened> {
  const directory = join(root, name);
  const target = join(directory, precision);
  if (precision === 'fp32') {
    execFileSync(PYTHON, [join(import.meta.dirname, 'make.py'), name, directory], { stdio: 'inherit' });
  }
  const { mean, std, side } = await readReference(directory);
  const preprocessing = { mean, std, crop: { width: side, height: side } };
  const { files } = await convertCheckpoint({
    encoder: 'image',
    precision,
    source: directory,
    target,
    preprocessing,
  });
  return { file: files[0]!, side };
}

async function openEncoders(graph: Opened) {
  const children = Array.from({ length: CORES }, startChild);
  await Promise.all(children.map(({ ask }) => ask<string>(graph)));
  return {
    /** Images a second of all of them together. */
    async run(): Promise<number> {
      const rates = await Promise.all(children.map(({ ask }) => ask<number>({ ms: ROUND_MS })));
      return rates.reduce((sum, rate) => sum + rate, 0);
    },
    async [Symbol.asyncDispose]() {
      await Promise.all(children.map(({ stop }) => stop()));
    },
  };
}

function startChild() {
  const child = fork(join(import.meta.dirname, 'speed-child.ts'), { serialization: 'advanced' });
  const ended = once(child, 'exit');
  const early = ended.then(() => Promise.reject(new Error('An encoder of the measurement ended')));
  early.catch(() => {}); // it is asked to end as well
  return {
    async ask<Answer>(message: Opened | Round): Promise<Answer> {
      child.send(message);
      const [answer] = (await Promise.race([once(child, 'message'), early])) as [Answer];
      return answer;
    },
    async stop() {
      child.kill();
      await ended;
    },
  };
}
