import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll } from 'vitest';
import { TINY, writeTinyModel } from '../../../support/tiny-model.ts';
import { manifestSchema, type Manifest } from '../../../../../../src/inference/models/registry/manifest.ts';
import type { AddOptions } from '../../../../../../src/inference/models/store/add-model.ts';
import type { DoubleRepository } from '../../../../../support/hub-double.ts';

export const COMMIT = 'a1'.repeat(20);
const space = { dimension: TINY.dimension, spaceId: 'tiny' };

/** A pair whose graphs are published, and whose scale stands in a checkpoint that is not fetched. */
export function tinyManifest(changes: Partial<Manifest> = {}): Manifest {
  return manifestSchema.parse({
    id: 'tiny',
    name: 'Tiny',
    image: { source: { repo: 'maker/tiny' }, onnx: { repo: 'exporter/tiny' }, architecture: 'clip-vision', ...space },
    text: {
      source: { repo: 'maker/tiny' },
      onnx: { repo: 'exporter/tiny' },
      architecture: 'clip-text',
      contextLength: TINY.contextLength,
      ...space,
    },
    preprocessing: { size: TINY.side, resize: 'crop', resample: 'bicubic', mean: [0, 0, 0], std: [1, 1, 1] },
    activation: 'softmax',
    logitScale: { from: 'image' },
    languages: ['en'],
    licence: 'MIT',
    licenceNotice: 'Its card rules out deployment.',
    ...changes,
  });
}

/** The export of that pair, as a repository of the hub; the tokenizer is padded to have something to cut. */
export async function tinyExport(): Promise<DoubleRepository> {
  const directory = await writeTinyModel();
  const read = (file: string) => readFile(join(directory, file));
  const names = ['tokenizer.json', 'tokenizer_config.json', 'onnx/vision_model.onnx', 'onnx/text_model.onnx'];
  const files = Object.fromEntries(await Promise.all(names.map(async (name) => [name, await read(name)] as const)));
  return { commit: COMMIT, files };
}

const SCALES: Record<string, Uint8Array> = {
  F64: new Uint8Array(Float64Array.of(Math.log(50)).buffer),
  F32: new Uint8Array(Float32Array.of(Math.log(50)).buffer),
  F16: new Uint8Array(Float16Array.of(Math.log(50)).buffer),
  BF16: new Uint8Array(Float32Array.of(Math.log(50)).buffer, 2),
};

/** A checkpoint that holds its logit scale, the logarithm of 50, and nothing that could be converted. */
export function tinyCheckpoint(dtype = 'F32'): DoubleRepository {
  const scale = SCALES[dtype]!;
  const header = JSON.stringify({
    'text_model.weight': { dtype: 'F32', shape: [1_000], data_offsets: [scale.length, scale.length + 4_000] },
    logit_scale: { dtype, shape: [], data_offsets: [0, scale.length] },
  });
  const length = Buffer.alloc(8);
  length.writeBigUInt64LE(BigInt(header.length));
  const file = Buffer.concat([length, Buffer.from(header), scale, Buffer.alloc(4_000)]);
  return { commit: 'b2'.repeat(20), files: { 'model.safetensors': file } };
}

const made: string[] = [];
afterAll(async () => {
  for (const directory of made) await rm(directory, { recursive: true, force: true });
});

export async function makeDirectory(): Promise<string> {
  const directory = await mkdtemp(join(tmpdir(), 'taxolens-models-'));
  made.push(directory);
  return directory;
}

/** What every addition here needs. */
export async function addOptions(endpoint: string, changes: Partial<AddOptions> = {}): Promise<AddOptions> {
  return {
    manifest: tinyManifest(),
    modelsDir: await makeDirectory(),
    precision: 'fp32',
    hub: { endpoint, offline: false, retryMs: 1 },
    report: { say: () => {}, onProgress: () => {} },
    ...changes,
  };
}

/** Writes a repository as a plain directory or as the hub's own cache has it, and returns the directory to name. */
export async function writeCopies(copies: Record<string, DoubleRepository>): Promise<string> {
  const root = await makeDirectory();
  for (const [place, { files }] of Object.entries(copies)) {
    for (const [name, content] of Object.entries(files)) {
      const path = join(root, place, name);
      await mkdir(join(path, '..'), { recursive: true });
      await writeFile(path, content);
    }
  }
  return root;
}

/** A directory with nothing but a tokenizer. */
export async function tinyTokenizer(): Promise<string> {
  const { commit, files } = await tinyExport();
  const own = Object.entries(files).filter(([name]) => name.startsWith('tokenizer'));
  return join(await writeCopies({ tokenizer: { commit, files: Object.fromEntries(own) } }), 'tokenizer');
}
