/**
 * Dot products of one row with many, four numbers of four rows at a time: a WebAssembly function, some ten times as
 * fast as JavaScript, which has no vectors. It is written out here because it is forty instructions long, and a
 * compiler would be one more tool. Values are float32, and so are the sums.
 */
export type DotProducts = (
  /** Where the row begins in memory, in bytes. */
  row: number,
  /** Where the other rows begin, one behind the other. */
  others: number,
  /** Bytes of one row, a multiple of 16. */
  rowBytes: number,
  /** How many others, a multiple of 4. */
  count: number,
  /** Where the products go. */
  out: number,
) => void;

/** What of it is used here; the types of Node leave it out. */
declare const WebAssembly: {
  Memory: new (size: { initial: number }) => Memory;
  Module: new (bytes: Uint8Array) => object;
  Instance: new (module: object, imports: { e: { m: Memory } }) => { exports: Record<string, unknown> };
};

interface Memory {
  readonly buffer: ArrayBuffer;
}

const PAGE_BYTES = 65_536;

const I32 = 0x7f;
const V128 = 0x7b;

const [ROW, OTHERS, ROW_BYTES, COUNT, OUT] = [0, 1, 2, 3, 4];
const AT = 5;
const SUMS = [6, 7, 8, 9];
const FOUR = 10;
/** Where the second to fourth of the other rows begin. */
const NEXT = [11, 12, 13];
const LOCALS = [3, 1, I32, 5, V128, 3, I32];

const get = (local: number) => [0x20, local];
const set = (local: number) => [0x21, local];
const tee = (local: number) => [0x22, local];
const constant = (value: number) => [0x41, value]; // below 64: one byte
const LOOP = [0x03, 0x40];
const BRANCH_IF = [0x0d, 0];
const END = [0x0b];
const ADD = [0x6a];
const SUBTRACT = [0x6b];
const LESS = [0x49]; // unsigned
const MORE = [0x4a]; // signed
const F32_ADD = [0x92];
const storeF32 = (offset: number) => [0x38, 2, offset];
const LOAD_FOUR = [0xfd, 0x00, 4, 0];
const ZEROS = [...constant(0), 0xfd, 0x11];
const MULTIPLY_FOUR = [0xfd, 0xe6, 0x01];
const ADD_FOUR = [0xfd, 0xe4, 0x01];
const lane = (sum: number, index: number) => [...get(sum), 0xfd, 0x1f, index];

const multiplyAndAdd = (sum: number, other: number) => [
  ...get(sum),
  ...get(FOUR),
  ...get(other),
  ...get(AT),
  ...ADD,
  ...LOAD_FOUR,
  ...MULTIPLY_FOUR,
  ...ADD_FOUR,
  ...set(sum),
];

const storeSum = (sum: number, index: number) => [
  ...get(OUT!),
  ...lane(sum, 0),
  ...[1, 2, 3].flatMap((index) => [...lane(sum, index), ...F32_ADD]),
  ...storeF32(4 * index),
];

const BODY = [
  LOOP, // four of the other rows
  ...NEXT.map((next, i) => [...get(i === 0 ? OTHERS! : next - 1), ...get(ROW_BYTES!), ...ADD, ...set(next)]),
  ...SUMS.map((sum) => [...ZEROS, ...set(sum)]),
  [...constant(0), ...set(AT)],
  LOOP, // four numbers of each
  [...get(ROW!), ...get(AT), ...ADD, ...LOAD_FOUR, ...set(FOUR)],
  ...SUMS.map((sum, i) => multiplyAndAdd(sum, i === 0 ? OTHERS! : NEXT[i - 1]!)),
  [...get(AT), ...constant(16), ...ADD, ...tee(AT), ...get(ROW_BYTES!), ...LESS, ...BRANCH_IF],
  END,
  ...SUMS.map(storeSum),
  [...get(NEXT[2]!), ...get(ROW_BYTES!), ...ADD, ...set(OTHERS!)],
  [...get(OUT!), ...constant(16), ...ADD, ...set(OUT!)],
  [...get(COUNT!), ...constant(4), ...SUBTRACT, ...tee(COUNT!), ...constant(0), ...MORE, ...BRANCH_IF],
  END,
  END,
].flat();

/** LEB128, unsigned. */
function size(value: number): number[] {
  return value < 128 ? [value] : [(value & 127) | 128, ...size(value >>> 7)];
}

const sized = (bytes: number[]) => [...size(bytes.length), ...bytes];
const section = (id: number, bytes: number[]) => [id, ...sized(bytes)];

const MODULE = [
  0,
  0x61,
  0x73,
  0x6d,
  1,
  0,
  0,
  0,
  ...section(1, [1, 0x60, 5, I32, I32, I32, I32, I32, 0]), // one type: five numbers in, nothing out
  ...section(2, [1, 1, 0x65, 1, 0x6d, 2, 0, 1]), // imports the memory e.m
  ...section(3, [1, 0]),
  ...section(7, [1, 1, 0x66, 0, 0]), // exports the function f
  ...section(10, [1, ...sized([...LOCALS, ...BODY])]),
];

/** The function, and the memory that it works in: of `bytes` or a little more, all zeros. */
export function createDotProducts(bytes: number): { dots: DotProducts; buffer: ArrayBuffer } {
  const memory = new WebAssembly.Memory({ initial: Math.ceil(bytes / PAGE_BYTES) });
  const module = new WebAssembly.Module(Uint8Array.from(MODULE));
  const { exports } = new WebAssembly.Instance(module, { e: { m: memory } });
  return { dots: exports['f'] as DotProducts, buffer: memory.buffer };
}
