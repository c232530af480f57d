/** Just enough of ONNX's protobuf to write tiny graphs for tests. Source: onnx/onnx.proto, opset 17. */

export const FLOAT = 1;
export const INT32 = 6;
export const INT64 = 7;

export interface Node {
  op: string;
  inputs: string[];
  outputs: string[];
  /** Integers only: that is all the graphs here need. */
  attributes?: Record<string, number>;
}

export interface Value {
  name: string;
  type: number;
  /** A string is a free dimension. */
  shape: (number | string)[];
}

export interface Weights {
  name: string;
  dims: number[];
  data: Float32Array | BigInt64Array;
}

export interface Graph {
  nodes: Node[];
  inputs: Value[];
  outputs: Value[];
  weights: Weights[];
}

/** The bytes of an `.onnx` file. */
export function writeOnnx({ nodes, inputs, outputs, weights }: Graph): Buffer {
  const graph = [
    ...nodes.map((node) => field(1, encodeNode(node))),
    field(2, 'graph'),
    ...weights.map((tensor) => field(5, encodeWeights(tensor))),
    ...inputs.map((value) => field(11, encodeValue(value))),
    ...outputs.map((value) => field(12, encodeValue(value))),
  ];
  return message(field(1, 8), field(7, message(...graph)), field(8, message(field(1, ''), field(2, 17))));
}

function encodeNode({ op, inputs, outputs, attributes = {} }: Node): Buffer {
  return message(
    ...inputs.map((name) => field(1, name)),
    ...outputs.map((name) => field(2, name)),
    field(4, op),
    ...Object.entries(attributes).map(([name, value]) =>
      field(5, message(field(1, name), field(3, value), field(20, 2))),
    ),
  );
}

function encodeWeights({ name, dims, data }: Weights): Buffer {
  const raw = Buffer.from(data.buffer, data.byteOffset, data.byteLength);
  const type = data instanceof Float32Array ? FLOAT : INT64;
  return message(...dims.map((size) => field(1, size)), field(2, type), field(8, name), field(9, raw));
}

function encodeValue({ name, type, shape }: Value): Buffer {
  const dims = shape.map((size) => field(1, message(field(typeof size === 'number' ? 1 : 2, size))));
  return message(
    field(1, name),
    field(2, message(field(1, message(field(1, type), field(2, message(...dims)))))),
  );
}

function message(...fields: Buffer[]): Buffer {
  return Buffer.concat(fields);
}

/** A number becomes a varint, everything else is length-delimited. */
function field(number: number, value: number | string | Buffer): Buffer {
  if (typeof value === 'number') return Buffer.concat([varint(number << 3), varint(value)]);
  const bytes = Buffer.from(value as string);
  return Buffer.concat([varint((number << 3) | 2), varint(bytes.length), bytes]);
}

function varint(value: number): Buffer {
  const bytes: number[] = [];
  for (let rest = value; ; rest = Math.floor(rest / 128)) {
    if (rest < 128) return Buffer.from([...bytes, rest]);
    bytes.push((rest % 128) | 128);
  }
}
