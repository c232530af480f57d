import { countOf } from '../checkpoint/tensor.ts';

/** ONNX's element types that the towers use. Source: onnx.proto, TensorProto.DataType. */
export const TYPES = { float32: 1, uint8: 2, int8: 3, int64: 7, bool: 9, float16: 10 } as const;
export type ElementType = keyof typeof TYPES;

export const ELEMENT_BYTES: Record<ElementType, number> = {
  float32: 4,
  uint8: 1,
  int8: 1,
  int64: 8,
  bool: 1,
  float16: 2,
};

/** The name of a value in a graph: of an input, a weight, or what a node gives. */
export type Value = string;

/** A whole number is an INT, a list an INTS; `float()` marks what is a FLOAT even when it is whole. */
export type Attribute = number | string | readonly number[] | { float: number };

export interface Node {
  op: string;
  inputs: readonly Value[];
  output: Value;
  attributes: Record<string, Attribute>;
}

export interface Port {
  name: Value;
  type: ElementType;
  /** A string is a free size. */
  shape: readonly (number | string)[];
}

/** Numbers of the graph itself. They are made when they are written, part by part, and not kept. */
export interface Weights {
  name: Value;
  type: ElementType;
  dims: readonly number[];
  make: () => AsyncIterable<Uint8Array>;
}

/** Operators of ONNX Runtime that ONNX does not have. */
export const RUNTIME_OPS = new Set(['MatMulIntegerToFloat']);

/** Collects nodes and weights. Its methods give the names of what they add, so that calls read as a formula. */
export class Graph {
  readonly nodes: Node[] = [];
  readonly inputs: Port[] = [];
  readonly outputs: Port[] = [];
  readonly weights: Weights[] = [];
  readonly #constants = new Map<string, Value>();

  input(name: string, type: ElementType, shape: Port['shape']): Value {
    this.inputs.push({ name, type, shape });
    return name;
  }

  /** Gives `value` to the outside by that name. */
  output(name: string, value: Value, shape: Port['shape']): void {
    this.nodes.push({ op: 'Identity', inputs: [value], output: name, attributes: {} });
    this.outputs.push({ name, type: 'float32', shape });
  }

  add(op: string, inputs: readonly Value[], attributes: Record<string, Attribute> = {}): Value {
    const output = `${op}_${this.nodes.length}`;
    this.nodes.push({ op, inputs, output, attributes });
    return output;
  }

  /** `make` gives all of its bytes at once, or part by part. */
  weight(
    name: string,
    type: ElementType,
    dims: readonly number[],
    make: (() => Promise<Uint8Array>) | Weights['make'],
  ): Value {
    async function* parts() {
      const made = make();
      if (made instanceof Promise) yield await made;
      else yield* made;
    }
    this.weights.push({ name, type, dims, make: parts });
    return name;
  }

  /** A list of whole numbers, such as a shape. */
  integers(...values: number[]): Value {
    return this.#constant('int64', [values.length], BigInt64Array.from(values, BigInt));
  }

  /** One number. */
  scalar(value: number, type: 'float32' | 'uint8' = 'float32'): Value {
    return this.#constant(type, [], type === 'uint8' ? Uint8Array.of(value) : Float32Array.of(value));
  }

  #constant(
    type: ElementType,
    dims: number[],
    data: BigInt64Array | Float32Array | Uint8Array,
  ): Value {
    const key = `${type}_${dims.length > 0 ? 'list' : 'of'}_${[...data].join('_')}`;
    const known = this.#constants.get(key);
    if (known) return known;
    const bytes = new Uint8Array(data.buffer, data.byteOffset, data.byteLength);
    this.#constants.set(key, this.weight(key, type, dims, async () => bytes));
    return key;
  }
}

export function bytesOf({ type, dims }: Pick<Weights, 'type' | 'dims'>): number {
  return countOf(dims) * ELEMENT_BYTES[type];
}
