import { DTYPE_BYTES, countOf, storedTensor } from './tensor.ts';
import { refusal } from './refuse.ts';
import { PickledTensor } from './pickled.ts';
import { unpickle } from './unpickle.ts';
import { readZipDirectory } from './zip-directory.ts';
import type { CheckpointFile } from './checkpoint-file.ts';
import type { Tensor } from './tensor.ts';
import type { Pickled } from './pickled.ts';
import type { ZipEntry } from './zip-directory.ts';

/** Some 100 bytes for each tensor: real ones are below half a megabyte. */
const LONGEST_PICKLE = 2_000_000;
/** Where trainers put the weights in what they save. */
const NESTS = ['state_dict', 'model_state_dict', 'model'];

/**
 * Lists the tensors of what torch.save() wrote: a zip archive with a pickle that describes them and a file for the
 * numbers of each storage.
 */
export async function readPytorch(file: CheckpointFile): Promise<Map<string, Tensor>> {
  const archive = await readZipDirectory(file);
  const pickle = [...archive.values()].find(({ name }) => /^[^/]+\/data\.pkl$/.test(name));
  if (!pickle) throw refusal(file.path, 'its archive has no data.pkl: PyTorch did not write it');
  const folder = pickle.name.slice(0, -'data.pkl'.length);
  await checkByteOrder(file, archive.get(`${folder}byteorder`));
  const tensors = new Map<string, Tensor>();
  for (const [name, value] of findWeights(await readPickle(file, pickle))) {
    if (typeof name !== 'string' || !(value instanceof PickledTensor)) continue;
    const numbers = archive.get(`${folder}data/${value.storage.key}`);
    const plainName = name.replace(/^module\./, '');
    tensors.set(plainName, locate(file, plainName, value, numbers));
  }
  if (tensors.size === 0) throw refusal(file.path, 'it holds no tensors by name');
  return tensors;
}

async function readPickle(file: CheckpointFile, { position, size }: ZipEntry): Promise<Pickled> {
  if (size > LONGEST_PICKLE) throw refusal(file.path, `its pickle takes ${size} bytes`);
  const bytes = await file.read(position, size);
  try {
    return unpickle(bytes);
  } catch (error) {
    throw refusal(file.path, (error as Error).message, 'Do not trust the place that it came from.');
  }
}

function findWeights(saved: Pickled): Map<Pickled, Pickled> {
  if (!(saved instanceof Map)) return new Map();
  const nested = NESTS.map((key) => saved.get(key)).find((value) => value instanceof Map);
  return nested instanceof Map ? nested : saved;
}

function locate(file: CheckpointFile, name: string, tensor: PickledTensor, numbers?: ZipEntry): Tensor {
  const { storage, offset, shape, stride } = tensor;
  const size = DTYPE_BYTES[storage.dtype]!;
  const count = countOf(shape);
  if (!numbers) throw refusal(file.path, `the numbers of tensor ${name} are not there`);
  if (numbers.size !== storage.count * size || offset + count > storage.count) {
    const reason = `tensor ${name} needs ${(offset + count) * size} bytes of ${storage.count * size}, and ${numbers.size} are there`;
    throw refusal(file.path, reason);
  }
  if (!isRowMajor(shape, stride)) {
    const remedy = 'Save it again in PyTorch, with every tensor made contiguous().';
    throw refusal(file.path, `tensor ${name} is a view of another layout`, remedy);
  }
  return storedTensor({ name, dtype: storage.dtype, shape, file, position: numbers.position + offset * size });
}

function isRowMajor(shape: number[], stride: number[]): boolean {
  let expected = 1;
  for (let axis = shape.length - 1; axis >= 0; axis--) {
    if (shape[axis]! > 1 && stride[axis] !== expected) return false;
    expected *= shape[axis]!;
  }
  return shape.length === stride.length;
}

async function checkByteOrder(file: CheckpointFile, entry: ZipEntry | undefined): Promise<void> {
  if (!entry) return;
  const order = (await file.read(entry.position, Math.min(entry.size, 10))).toString();
  if (order !== 'little') throw refusal(file.path, `its numbers are ${order}-endian`);
}
