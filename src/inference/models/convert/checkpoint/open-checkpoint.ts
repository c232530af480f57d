import { readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { CheckpointFile } from './checkpoint-file.ts';
import { readPytorch } from './pytorch.ts';
import { refusal } from './refuse.ts';
import { readSafetensors } from './safetensors.ts';
import { parseShardIndex } from './shard-index.ts';
import type { Tensor, Tensors } from './tensor.ts';

export interface Checkpoint {
  tensors: Tensors;
  close(): Promise<void>;
}

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
  const text = await readFile(path, 'utf8').catch((error: NodeJS.ErrnoException) => {
    throw refusal(path, `it cannot be read (${error.code})`);
  });
  return parseShardIndex(path, text).map((name) => join(dirname(path), name));
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
