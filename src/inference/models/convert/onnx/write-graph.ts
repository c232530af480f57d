import { open, writeFile } from 'node:fs/promises';
import { basename } from 'node:path';
import { RUNTIME_OPS, TYPES, bytesOf } from './graph.ts';
import { bytes, float, integer, message } from './protobuf.ts';
import type { FileHandle } from 'node:fs/promises';
import type { Attribute, Graph, Node, Port, Weights } from './graph.ts';
import type { Field } from './protobuf.ts';

/** Sources of the field numbers: onnx/onnx.proto, IR version 9. */
const IR_VERSION = 9;
/** The first with Gelu. */
const OPSET = 20;
const ATTRIBUTE_TYPES = { float: 1, integer: 2, text: 3, integers: 7 };
const EXTERNAL = 1;

/** Smaller weights stand in the graph itself: shapes must, and the rest would only cost seeks. */
const SMALLEST_EXTERNAL = 1024;
/** Pages: the runtime maps the file. */
const ALIGNMENT = 4096;

/** What `onBytes` will have heard of in the end. */
export function countExternalBytes({ weights }: Graph): number {
  return weights.map(bytesOf).reduce((sum, bytes) => sum + (isExternal(bytes) ? bytes : 0), 0);
}

const isExternal = (bytes: number) => bytes >= SMALLEST_EXTERNAL;

/**
 * Writes `file` and, beside it, `file`_data with the large weights, each part as soon as it is made.
 * `onBytes` hears of bytes of weights, part by part.
 */
export async function writeGraph(
  graph: Graph,
  file: string,
  onBytes: (bytes: number) => void,
): Promise<string[]> {
  const dataFile = `${file}_data`;
  const data = await open(dataFile, 'w');
  try {
    const initializers: Field[] = [];
    let position = 0;
    for (const weights of graph.weights) {
      const length = bytesOf(weights);
      if (!isExternal(length)) {
        initializers.push(bytes(5, message(...encodeHead(weights), bytes(9, await collect(weights)))));
        continue;
      }
      position = Math.ceil(position / ALIGNMENT) * ALIGNMENT;
      const place = { location: basename(dataFile), offset: position, length };
      initializers.push(bytes(5, message(...encodeHead(weights), ...encodePlace(place))));
      for await (const part of weights.make()) {
        await writeAt(data, part, position);
        position += part.length;
        onBytes(part.length);
      }
      if (position !== place.offset + length) throw new Error(`${weights.name} has not ${length} bytes`);
    }
    await writeFile(file, encodeModel(graph, initializers));
  } finally {
    await data.close();
  }
  return [file, dataFile];
}

async function collect({ make }: Weights): Promise<Buffer> {
  const parts: Uint8Array[] = [];
  for await (const part of make()) parts.push(part);
  return Buffer.concat(parts);
}

async function writeAt(file: FileHandle, content: Uint8Array, position: number): Promise<void> {
  for (let done = 0; done < content.length; ) {
    const { bytesWritten } = await file.write(content, done, content.length - done, position + done);
    done += bytesWritten;
  }
}

function encodeModel(graph: Graph, initializers: Field[]): Buffer {
  const content = message(
    ...graph.nodes.map((node) => bytes(1, encodeNode(node))),
    bytes(2, 'tower'),
    ...initializers,
    ...graph.inputs.map((port) => bytes(11, encodePort(port))),
    ...graph.outputs.map((port) => bytes(12, encodePort(port))),
  );
  return message(
    integer(1, IR_VERSION),
    bytes(2, 'taxolens'),
    bytes(7, content),
    bytes(8, message(bytes(1, ''), integer(2, OPSET))),
    bytes(8, message(bytes(1, 'com.microsoft'), integer(2, 1))),
  );
}

function encodeNode({ op, inputs, output, attributes }: Node): Buffer {
  return message(
    ...inputs.map((name) => bytes(1, name)),
    bytes(2, output),
    bytes(3, output),
    bytes(4, op),
    ...Object.entries(attributes).map(([name, value]) => bytes(5, encodeAttribute(name, value))),
    ...(RUNTIME_OPS.has(op) ? [bytes(7, 'com.microsoft')] : []),
  );
}

function encodeAttribute(name: string, value: Attribute): Buffer {
  const typed = (type: number, ...fields: Field[]) => message(bytes(1, name), ...fields, integer(20, type));
  if (typeof value === 'number') return typed(ATTRIBUTE_TYPES.integer, integer(3, value));
  if (typeof value === 'string') return typed(ATTRIBUTE_TYPES.text, bytes(4, value));
  if ('float' in value) return typed(ATTRIBUTE_TYPES.float, float(2, value.float));
  return typed(ATTRIBUTE_TYPES.integers, ...value.map((item) => integer(8, item)));
}

function encodePort({ name, type, shape }: Port): Buffer {
  const sizes = shape.map((size) =>
    bytes(1, typeof size === 'number' ? message(integer(1, size)) : message(bytes(2, size))),
  );
  const tensor = message(integer(1, TYPES[type]), bytes(2, message(...sizes)));
  return message(bytes(1, name), bytes(2, message(bytes(1, tensor))));
}

function encodeHead({ name, type, dims }: Weights): Field[] {
  return [...dims.map((size) => integer(1, size)), integer(2, TYPES[type]), bytes(8, name)];
}

function encodePlace(place: Record<string, string | number>): Field[] {
  const entries = Object.entries(place).map(([key, value]) =>
    bytes(13, message(bytes(1, key), bytes(2, String(value)))),
  );
  return [...entries, integer(14, EXTERNAL)];
}
