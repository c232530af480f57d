import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll } from 'vitest';

const directories: string[] = [];
afterAll(async () => {
  for (const directory of directories) await rm(directory, { recursive: true, force: true });
});

/** A directory that is removed with the test file's end. */
export async function makeDirectory(): Promise<string> {
  const directory = await mkdtemp(join(tmpdir(), 'checkpoint-'));
  directories.push(directory);
  return directory;
}

export async function writeNew(name: string, bytes: Uint8Array | string): Promise<string> {
  const path = join(await makeDirectory(), name);
  await writeFile(path, bytes);
  return path;
}

export interface HeaderEntry {
  dtype: string;
  shape: number[];
  data_offsets: number[];
}

/** A .safetensors file with that header, whether it is true or not. */
export function safetensors(header: Record<string, unknown> | string, data: Uint8Array): Buffer {
  const json = Buffer.from(typeof header === 'string' ? header : JSON.stringify(header));
  const length = Buffer.alloc(8);
  length.writeBigUInt64LE(BigInt(json.length));
  return Buffer.concat([length, json, data]);
}

/** A true .safetensors file of float32 tensors. */
export function floatSafetensors(tensors: Map<string, { shape: readonly number[]; data: Float32Array }>): Buffer {
  const header: Record<string, HeaderEntry> = {};
  const parts: Buffer[] = [];
  let position = 0;
  for (const [name, { shape, data }] of tensors) {
    header[name] = { dtype: 'F32', shape: [...shape], data_offsets: [position, position + data.byteLength] };
    parts.push(Buffer.from(data.buffer, data.byteOffset, data.byteLength));
    position += data.byteLength;
  }
  return safetensors(header, Buffer.concat(parts));
}

export interface ZipPart {
  name: string;
  content: Uint8Array;
  /** 8 is deflate; the content is stored as it is either way. */
  method?: number;
  /** What the archive says about it, where that is not true. */
  claims?: { size?: number; position?: number };
}

/** A zip archive without checksums: nothing here reads them. `zip64`: written as archives above 4 GB are. */
export function zip(parts: ZipPart[], { zip64 = false } = {}): Buffer {
  const locals: Buffer[] = [];
  const centrals: Buffer[] = [];
  let position = 0;
  for (const { name, content, method = 0, claims = {} } of parts) {
    const fixed = Buffer.alloc(26);
    fixed.writeUInt16LE(method, 4);
    const size = claims.size ?? content.length;
    fixed.writeUInt32LE(method === 0 ? size : content.length, 14);
    fixed.writeUInt32LE(size, 18);
    fixed.writeUInt16LE(name.length, 22);
    const local = Buffer.concat([Buffer.from('PK\x03\x04'), fixed, Buffer.from(name), content]);
    const rest = Buffer.alloc(14);
    rest.writeUInt32LE(claims.position ?? position, 10);
    const wide = zip64 ? widen(fixed, rest) : Buffer.alloc(0);
    centrals.push(Buffer.concat([Buffer.from('PK\x01\x02\0\0'), fixed, rest, Buffer.from(name), wide]));
    locals.push(local);
    position += local.length;
  }
  const directory = Buffer.concat(centrals);
  const end = Buffer.alloc(18);
  if (zip64) {
    const record = Buffer.alloc(76);
    record.write('PK\x06\x06');
    record.writeBigUInt64LE(BigInt(directory.length), 40);
    record.writeBigUInt64LE(BigInt(position), 48);
    record.write('PK\x06\x07', 56);
    record.writeBigUInt64LE(BigInt(position + directory.length), 64);
    return Buffer.concat([...locals, directory, record, Buffer.from('PK\x05\x06'), end.fill(0xff, 8, 16)]);
  }
  end.writeUInt32LE(directory.length, 8);
  end.writeUInt32LE(position, 12);
  return Buffer.concat([...locals, directory, Buffer.from('PK\x05\x06'), end]);
}

/** Moves both sizes and the position of a central header into a field that has room for large ones. */
function widen(fixed: Buffer, rest: Buffer): Buffer {
  const field = Buffer.alloc(28);
  field.writeUInt16LE(1, 0);
  field.writeUInt16LE(24, 2);
  field.writeBigUInt64LE(BigInt(fixed.readUInt32LE(18)), 4);
  field.writeBigUInt64LE(BigInt(fixed.readUInt32LE(14)), 12);
  field.writeBigUInt64LE(BigInt(rest.readUInt32LE(10)), 20);
  for (const [header, at] of [
    [fixed, 14],
    [fixed, 18],
    [rest, 10],
  ] as const)
    header.writeUInt32LE(0xffff_ffff, at);
  fixed.writeUInt16LE(field.length, 24);
  return field;
}

/** The beginnings of what Python's pickle writes: enough for state dicts, honest and other. */
export const pickled = {
  text: (value: string) => {
    const length = Buffer.alloc(4);
    length.writeUInt32LE(Buffer.byteLength(value));
    return Buffer.concat([Buffer.from('X'), length, Buffer.from(value)]);
  },
  integer: (value: number) => {
    const bytes = Buffer.alloc(5, 'J');
    bytes.writeInt32LE(value, 1);
    return bytes;
  },
  global: (module: string, name: string) => Buffer.from(`c${module}\n${name}\n`),
  tuple: (...items: Buffer[]) => Buffer.concat([Buffer.from('('), ...items, Buffer.from('t')]),
  call: (callee: Buffer, ...values: Buffer[]) =>
    Buffer.concat([callee, pickled.tuple(...values), Buffer.from('R')]),
  program: (...parts: Buffer[]) => Buffer.concat([Buffer.from('\x80\x02', 'latin1'), ...parts, Buffer.from('.')]),
};

export interface PickledFloats {
  key?: string;
  count: number;
  offset?: number;
  shape: number[];
  stride: number[];
}

/** {'weight': a float tensor} as torch.save() describes it. */
export function pickleTensor({ key = '0', count, offset = 0, shape, stride }: PickledFloats): Buffer {
  const { text, integer, global, tuple, call, program } = pickled;
  const storage = Buffer.concat([
    tuple(text('storage'), global('torch', 'FloatStorage'), text(key), text('cpu'), integer(count)),
    Buffer.from('Q'),
  ]);
  const sizes = (values: number[]) => tuple(...values.map(integer));
  const hooks = call(global('collections', 'OrderedDict'));
  const tensor = call(
    global('torch._utils', '_rebuild_tensor_v2'),
    storage,
    integer(offset),
    sizes(shape),
    sizes(stride),
    Buffer.from('\x89', 'latin1'),
    hooks,
  );
  return program(Buffer.from('}'), text('weight'), tensor, Buffer.from('s'));
}
