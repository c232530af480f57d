import { open, readFile, readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import sharp from 'sharp';
import { dotProduct } from './dot-product.ts';
import type { Reference } from './reference.ts';
import { startProgram } from '../../support/child.ts';
import { classify } from '../../support/classify.ts';
import { endServed, MAIN, startServed } from '../../support/served.ts';
import { seed } from '../../support/seed.ts';
import { taxonomyClient } from '../../support/taxonomy-client.ts';
import { readReference } from './reference.ts';

const OPERATOR_KEY = 'the-operator-key-of-the-article-pair';

/** What the article's pair costs and how far its scores are from PyTorch's. */
export interface PairReport {
  /** Of `model add`: conversion of both halves, hashing and all. */
  add: Step;
  /** To the ready line, with a database made anew. */
  startSeconds: number;
  /** From the request to the answer, of all pictures together. */
  classifySeconds: number;
  publishSeconds: number;
  /** The largest difference of a score, over all pictures and labels. */
  maxDifference: number;
  scores: number;
}

interface Step {
  seconds: number;
  /** The most that the process held at any time. */
  peakMebibytes: number;
}

interface PairOptions {
  /** As `model add` takes it. */
  model: string;
  id: string;
  /** Of copies: the checkpoints, as `owner/name`. */
  from: string;
  /** The two checkpoints in there. */
  image: string;
  text: string;
  dataDir: string;
  /** exp() of the image checkpoint's tensor. */
  logitScale: number;
}

/** Adds the pair from its checkpoints, serves a Chinese taxonomy of it, and compares its scores with PyTorch's. */
export async function runPair(options: PairOptions): Promise<PairReport> {
  const texts = await readReference(options.text);
  const pictures = await readReference(options.image);
  await writeVocabulary(options.text);
  const env = {
    TAXOLENS_DATA_DIR: options.dataDir,
    TAXOLENS_MODEL: options.id,
    TAXOLENS_OPERATOR_KEY: OPERATOR_KEY,
    TAXOLENS_DEMO: 'false',
    TAXOLENS_ENCODERS: '1',
    HF_HUB_OFFLINE: '1',
    DATABASE_URL: '',
  };
  const add = await runStep(['model', 'add', options.model, '--from', options.from], env);
  const startedAt = performance.now();
  const server = await startServed(env);
  const startSeconds = secondsSince(startedAt);
  try {
    const tenant = await seed({ ...server, operatorKey: OPERATOR_KEY })
      .withTenant('article')
      .alone();
    const client = taxonomyClient(server, tenant.key);
    const names = texts.texts.map(({ ids, length }) => labelOf(ids.slice(1, length - 1)));
    const labels = names.map((text, i) => ({ key: `${i}`, names: [{ language: 'zh', text }] }));
    const input = { name: 'wuge-biaoqian', modelId: options.id, defaultLanguage: 'zh', labels };
    const { taxonomy } = await client.mutate('createTaxonomy', input);
    const publishedAt = performance.now();
    await client.publish(taxonomy!.id, { waitMs: 60_000 });
    const publishSeconds = secondsSince(publishedAt);
    const images = await Promise.all(pictures.images.map((pixels) => toPng(pixels, pictures.side)));
    const classifiedAt = performance.now();
    const { payload } = await classify(server, { images, taxonomies: ['wuge-biaoqian'], key: tenant.key });
    const found = payload!.results.map(({ outcomes }) => outcomes[0]!.predictions!);
    return {
      add,
      startSeconds,
      publishSeconds,
      classifySeconds: secondsSince(classifiedAt),
      ...compare(found, expectedScores(pictures, texts, options.logitScale)),
    };
  } finally {
    await endServed(server);
  }
}

const secondsSince = (startedAt: number) => (performance.now() - startedAt) / 1_000;

/** Runs a command of ours; throws with what it wrote where it fails. */
async function runStep(words: string[], env: NodeJS.ProcessEnv): Promise<Step> {
  const startedAt = performance.now();
  const child = startProgram(process.execPath, [MAIN, ...words], env);
  let peakMebibytes = 0;
  const watch = setInterval(async () => {
    const status = await readFile(`/proc/${child.process.pid}/status`, 'utf8').catch(() => '');
    peakMebibytes = Math.max(peakMebibytes, Number(/^VmHWM:\s+(\d+) kB$/m.exec(status)?.[1] ?? 0) / 1_024);
  }, 50);
  const code = await child.ended;
  clearInterval(watch);
  if (code !== 0) throw new Error(`${words.join(' ')} ended with ${code}: ${child.output()}`);
  return { seconds: secondsSince(startedAt), peakMebibytes };
}

/** Ideographs stand alone in BERT's WordPiece: a text of these is its ids. */
const ideographOf = (id: number) => String.fromCodePoint(id < 20_900 ? 0x4e00 + id : 0x3400 + id - 20_900);
const labelOf = (ids: readonly number[]) => ids.map(ideographOf).join('');

/** The vocabulary of a BERT whose words are ideographs, beside its checkpoint. */
async function writeVocabulary(directory: string): Promise<void> {
  const special = ['[PAD]', '[UNK]', '[CLS]', '[SEP]', '[MASK]'];
  const words = Array.from({ length: 21_128 - special.length }, (_, i) => ideographOf(i + special.length));
  await writeFile(join(directory, 'vocab.txt'), `${[...special, ...words].join('\n')}\n`);
}

async function toPng(pixels: Uint8Array, side: number): Promise<Uint8Array<ArrayBuffer>> {
  const raw = { width: side, height: side, channels: 3 } as const;
  return new Uint8Array(await sharp(pixels, { raw }).png().toBuffer());
}

/** [pictures][labels], by the article's formula over PyTorch's vectors. */
function expectedScores(
  { imageVectors }: Reference,
  { textVectors }: Reference,
  logitScale: number,
): number[][] {
  return imageVectors.map((picture) => {
    const logits = textVectors.map((text) => logitScale * dotProduct(picture, text));
    const powers = logits.map((logit) => Math.exp(logit - Math.max(...logits)));
    const sum = powers.reduce((total, power) => total + power, 0);
    return powers.map((power) => power / sum);
  });
}

function compare(found: { label: { key: string }; score: number }[][], expected: number[][]) {
  const differences = found.flatMap((predictions, picture) =>
    predictions.map(({ label, score }) => Math.abs(score - expected[picture]![Number(label.key)]!)),
  );
  return { scores: differences.length, maxDifference: Math.max(...differences) };
}

/** exp() of the scalar in a checkpoint of one safetensors file. */
export async function readScale(directory: string): Promise<number> {
  const name = (await readdir(directory)).find((file) => file.endsWith('.safetensors'))!;
  await using file = await open(join(directory, name));
  const read = async (start: number, length: number) =>
    (await file.read(Buffer.alloc(length), 0, length, start)).buffer;
  const length = Number((await read(0, 8)).readBigUInt64LE());
  const header = JSON.parse((await read(8, length)).toString()) as Record<string, { data_offsets: number[] }>;
  return Math.exp((await read(8 + length + header['logit_scale']!.data_offsets[0]!, 4)).readFloatLE());
}
