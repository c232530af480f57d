import { refusal } from './refuse.ts';

/** What holds tensors: a file here, or one elsewhere of which parts can be had. */
export interface TensorFile {
  readonly path: string;
  readonly size: number;
  /** All of these bytes, in a buffer of their own. Throws MODEL_NOT_AVAILABLE where it has fewer. */
  read(position: number, length: number): Promise<Buffer<ArrayBuffer>>;
}

/** A tensor of a checkpoint, or a part of one. Its numbers are read when they are asked for, each time anew. */
export interface Tensor {
  /** As the file calls it. */
  readonly name: string;
  readonly shape: readonly number[];
  /** Row-major float32, whatever the file stores. */
  read(): Promise<Float32Array<ArrayBuffer>>;
  /** The same numbers, one part after the other: a table of words can be most of a checkpoint. */
  readParts(): AsyncIterable<Float32Array<ArrayBuffer>>;
}

/** By the names that the file gives. */
export type Tensors = ReadonlyMap<string, Tensor>;

/** Bytes of one number, by safetensors' names. Those that are not floats occur as buffers, which no tower needs. */
export const DTYPE_BYTES: Record<string, number> = {
  F64: 8,
  F32: 4,
  F16: 2,
  BF16: 2,
  I64: 8,
  I32: 4,
  I16: 2,
  I8: 1,
  U8: 1,
  BOOL: 1,
};

export interface StoredTensor {
  name: string;
  dtype: string;
  shape: readonly number[];
  file: TensorFile;
  /** Of its first byte in the file. */
  position: number;
}

/** Numbers in one part. */
const PART = 4_000_000;

export function storedTensor({ name, dtype, shape, file, position }: StoredTensor): Tensor {
  const total = countOf(shape);
  const read = async (first: number, count: number) => {
    const decode = DECODERS[dtype];
    if (!decode) throw refusal(file.path, `tensor ${name} is stored as ${dtype}; floats were expected`);
    const size = DTYPE_BYTES[dtype]!;
    return decode(await file.read(position + first * size, count * size));
  };
  return {
    name,
    shape,
    read: () => read(0, total),
    async *readParts() {
      for (let first = 0; first < total; first += PART) yield await read(first, Math.min(PART, total - first));
    },
  };
}

/** A tensor that is made of another one. */
function derivedTensor(name: string, shape: readonly number[], read: Tensor['read']): Tensor {
  return {
    name,
    shape,
    read,
    async *readParts() {
      yield await read();
    },
  };
}

export function countOf(shape: readonly number[]): number {
  return shape.reduce((product, size) => product * size, 1);
}

/** `count` rows of a tensor, from row `first`. */
export function rowsOf(tensor: Tensor, first: number, count: number): Tensor {
  const rest = tensor.shape.slice(1);
  const rowSize = countOf(rest);
  return derivedTensor(`${tensor.name}[${first}:${first + count}]`, [count, ...rest], async () =>
    (await tensor.read()).slice(first * rowSize, (first + count) * rowSize),
  );
}

/** [rows, columns] -> [columns, rows] */
export function transposeOf(tensor: Tensor): Tensor {
  const [rows, columns] = tensor.shape as [number, number];
  return derivedTensor(tensor.name, [columns, rows], async () =>
    transpose(await tensor.read(), rows, columns),
  );
}

const TILE = 32;

/** Tile by tile, or every write would miss the cache. */
function transpose(source: Float32Array, rows: number, columns: number): Float32Array<ArrayBuffer> {
  const target = new Float32Array(source.length);
  for (let top = 0; top < rows; top += TILE) {
    const bottom = Math.min(rows, top + TILE);
    for (let left = 0; left < columns; left += TILE) {
      const right = Math.min(columns, left + TILE);
      for (let row = top; row < bottom; row++)
        for (let column = left; column < right; column++)
          target[column * rows + row] = source[row * columns + column]!;
    }
  }
  return target;
}

const DECODERS: Record<string, (bytes: Buffer<ArrayBuffer>) => Float32Array<ArrayBuffer>> = {
  F64: ({ buffer }) => Float32Array.from(new Float64Array(buffer)),
  F32: ({ buffer }) => new Float32Array(buffer),
  F16: ({ buffer }) => Float32Array.from(new Float16Array(buffer)),
  BF16: ({ buffer }) => {
    const halves = new Uint16Array(buffer);
    const words = new Uint32Array(halves.length);
    for (let i = 0; i < halves.length; i++) words[i] = halves[i]! << 16;
    return new Float32Array(words.buffer);
  },
};
