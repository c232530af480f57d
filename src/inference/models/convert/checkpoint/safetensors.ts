import { refusal } from './refuse.ts';
import { DTYPE_BYTES, countOf, storedTensor } from './tensor.ts';
import type { Tensor, TensorFile } from './tensor.ts';

/** Some 100 bytes for each tensor: real ones are below half a megabyte. */
const LONGEST_HEADER = 4_000_000;
const LENGTH_BYTES = 8;

interface Entry {
  name: string;
  dtype: string;
  shape: number[];
  begin: number;
  end: number;
}

/**
 * Lists the tensors of a .safetensors file: a length, a JSON header and the numbers, in that order. Everything that
 * the header says is checked against the file before a number is read.
 */
export async function readSafetensors(file: TensorFile): Promise<Map<string, Tensor>> {
  const headerLength = await readHeaderLength(file);
  const header = parseHeader(file, await file.read(LENGTH_BYTES, headerLength));
  const entries = Object.entries(header)
    .filter(([name]) => name !== '__metadata__')
    .map(([name, value]) => toEntry(file, name, value));
  const dataStart = LENGTH_BYTES + headerLength;
  checkPlaces(file, entries, file.size - dataStart);
  return new Map(
    entries.map(({ begin, ...entry }) => [
      entry.name,
      storedTensor({ ...entry, file, position: dataStart + begin }),
    ]),
  );
}

async function readHeaderLength(file: TensorFile): Promise<number> {
  if (file.size < LENGTH_BYTES) throw refusal(file.path, `it has ${file.size} bytes only: it is truncated`);
  const length = Number((await file.read(0, LENGTH_BYTES)).readBigUInt64LE());
  if (length > LONGEST_HEADER) {
    const reason = `its header claims ${length} bytes, and at most ${LONGEST_HEADER} are allowed: it is no safetensors file`;
    throw refusal(file.path, reason);
  }
  return length;
}

function parseHeader(file: TensorFile, bytes: Buffer): Record<string, unknown> {
  try {
    const header: unknown = JSON.parse(bytes.toString());
    if (typeof header === 'object' && header !== null && !Array.isArray(header))
      return header as Record<string, unknown>;
  } catch {
    // Said below, as for any other JSON.
  }
  throw refusal(file.path, 'its header is no JSON object');
}

const isSize = (value: unknown): value is number => Number.isSafeInteger(value) && (value as number) >= 0;

function toEntry(file: TensorFile, name: string, value: unknown): Entry {
  const { dtype, shape, data_offsets: offsets } = (value ?? {}) as Record<string, unknown>;
  const isValid =
    typeof dtype === 'string' &&
    Array.isArray(shape) &&
    shape.every(isSize) &&
    Array.isArray(offsets) &&
    offsets.length === 2 &&
    offsets.every(isSize);
  if (!isValid) throw refusal(file.path, `its header describes tensor ${name} in a way that is not known`);
  const [begin, end] = offsets as [number, number];
  const size = DTYPE_BYTES[dtype];
  if (size !== undefined && countOf(shape) * size !== end - begin) {
    const reason = `its header gives tensor ${name} ${end - begin} bytes, and ${dtype} [${shape.join(', ')}] takes ${countOf(shape) * size}`;
    throw refusal(file.path, reason);
  }
  return { name, dtype, shape, begin, end };
}

function checkPlaces(file: TensorFile, entries: Entry[], dataLength: number): void {
  let reached = 0;
  for (const { name, begin, end } of entries.toSorted((a, b) => a.begin - b.begin || a.end - b.end)) {
    if (begin < reached)
      throw refusal(file.path, `its header places tensor ${name} over the tensor before it`);
    if (end < begin || end > dataLength) {
      const reason = `its header places tensor ${name} at bytes ${begin} to ${end} of ${dataLength}: it is truncated, or its header lies`;
      throw refusal(file.path, reason);
    }
    reached = end;
  }
}
