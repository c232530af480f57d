import { readFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { z } from 'zod';
import { CheckpointFile } from './checkpoint-file.ts';
import { readPytorch } from './pytorch.ts';
import { refusal } from './refuse.ts';
import { readSafetensors } from './safetensors.ts';
import type { Tensor, Tensors } from './tensor.ts';

export interface Checkpoint {
  tensors: Tensors;
  close(): Promise<void>;
}

/** Which file holds which tensor. */
const shardIndex = z.object({ weight_map: z.record(z.string(), z.string()) });

/** PyTorch's magic number before 1.6, within a pickle. */
const OLD_PYTORCH = Buffer.from('80028a0a6cfc9c46f9206aa85019', 'hex');
const ZIP = Buffer.from('504b0304', 'hex');
const LFS_POINTER = Buffer.from('version https://git-lfs');

/**
 * Opens one .safetensors file, PyTorch archive or index of shards, told apart by their content. Reads what describes
 * the tensors, not the tensors. Throws MODEL_NOT_AVAILABLE with the file and the reason.
 */
export async function openCheckpoint(path: string): Promise<Checkpoint> {
  const files: CheckpointFile[] = [];
  const close = async () => {
    await Promise.all(files.map((file) => file.close()));
  };
  try {
    const tensors = new Map<string, Tensor>();
    for (const part of path.endsWith('.json') ? await readShards(path) : [path]) {
      const file = await CheckpointFile.open(part);
      files.push(file);
      for (const [name, tensor] of await readTensors(file)) tensors.set(name, tensor);
    }
    return { tensors, close };
  } catch (error) {
    await close();
    throw error;
  }
}

async function readShards(path: string): Promise<string[]> {
  const index = await readFile(path, 'utf8')
    .then((text) => shardIndex.parse(JSON.parse(text)))
    .catch(() => {
      throw refusal(path, 'it is no index of shards');
    });
  const names = [...new Set(Object.values(index.weight_map))];
  const outside = names.find((name) => name !== basename(name) || name === '..');
  if (outside !== undefined) throw refusal(path, `it names a shard in another directory, ${outside}`);
  return names.map((name) => join(dirname(path), name));
}

async function readTensors(file: CheckpointFile): Promise<Map<string, Tensor>> {
  const start = await file.read(0, Math.min(file.size, 32));
  if (start.indexOf(OLD_PYTORCH) === 0) {
    const remedy = 'Load and save it once in a newer PyTorch, or take a .safetensors file of the same model.';
    throw refusal(file.path, 'it is in the format of PyTorch before 1.6, which is no zip archive', remedy);
  }
  if (start.indexOf(LFS_POINTER) === 0) {
    const remedy = 'Run `git lfs pull` in its repository, or download the file itself.';
    throw refusal(file.path, 'it is a pointer of Git LFS, not the weights', remedy);
  }
  return start.indexOf(ZIP) === 0 ? readPytorch(file) : readSafetensors(file);
}
