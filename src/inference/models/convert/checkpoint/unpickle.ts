/**
 * A pickle reader that can construct tensors and plain data, and nothing else. A pickle is a program that may call
 * any function by name; this one knows the few names of a checkpoint and refuses all others. Nothing is ever called.
 * Source: Python's pickletools.py.
 */

/** What a storage of that name holds, in safetensors' names. */
const STORAGES: Record<string, string> = {
  'torch.DoubleStorage': 'F64',
  'torch.FloatStorage': 'F32',
  'torch.HalfStorage': 'F16',
  'torch.BFloat16Storage': 'BF16',
  'torch.LongStorage': 'I64',
  'torch.IntStorage': 'I32',
  'torch.ShortStorage': 'I16',
  'torch.CharStorage': 'I8',
  'torch.ByteStorage': 'U8',
  'torch.BoolStorage': 'BOOL',
};
const ORDERED_DICT = 'collections.OrderedDict';
const TENSOR = 'torch._utils._rebuild_tensor_v2';
const PARAMETER = 'torch._utils._rebuild_parameter';
const KNOWN = new Set([ORDERED_DICT, TENSOR, PARAMETER, ...Object.keys(STORAGES)]);

/** Some 40 for each tensor: real ones need a tenth of it. */
const MOST_STEPS = 500_000;

class Global {
  readonly name: string;
  constructor(name: string) {
    this.name = name;
  }
}

export class PickledStorage {
  /** Name of the file in the archive that holds its numbers. */
  readonly key: string;
  readonly dtype: string;
  readonly count: number;
  constructor(key: string, dtype: string, count: number) {
    this.key = key;
    this.dtype = dtype;
    this.count = count;
  }
}

export class PickledTensor {
  readonly storage: PickledStorage;
  /** In numbers, not bytes. */
  readonly offset: number;
  readonly shape: number[];
  readonly stride: number[];
  constructor(storage: PickledStorage, offset: number, shape: number[], stride: number[]) {
    this.storage = storage;
    this.offset = offset;
    this.shape = shape;
    this.stride = stride;
  }
}

/** Plain data: lists and tuples are arrays, dictionaries are maps, and integers beyond 2 ** 53 are not exact. */
export type Pickled =
  | null
  | boolean
  | number
  | string
  | Pickled[]
  | Map<Pickled, Pickled>
  | Global
  | PickledStorage
  | PickledTensor;

/** Throws Error with the reason: a name that is not known, an instruction that is not, or an early end. */
export function unpickle(bytes: Buffer): Pickled {
  const machine = new Machine(bytes);
  try {
    return machine.run();
  } catch (error) {
    if (error instanceof RangeError) throw new Error('its pickle ends too early', { cause: error });
    throw error;
  }
}

class Machine {
  readonly #bytes: Buffer;
  #at = 0;
  #stack: Pickled[] = [];
  /** The stacks below, one for each open mark. */
  readonly #below: Pickled[][] = [];
  readonly #memo = new Map<number, Pickled>();

  constructor(bytes: Buffer) {
    this.#bytes = bytes;
  }

  run(): Pickled {
    for (let steps = 0; steps < MOST_STEPS; steps++) {
      const at = this.#at++;
      const code = String.fromCharCode(this.#bytes.readUInt8(at));
      if (code === '.') return this.#pop();
      const instruction = this.#instructions[code];
      if (!instruction) {
        const shown = this.#bytes.readUInt8(at).toString(16).padStart(2, '0');
        throw new Error(`its pickle uses instruction 0x${shown}, which no checkpoint needs`);
      }
      instruction();
    }
    throw new Error(`its pickle has more than ${MOST_STEPS} instructions`);
  }

  /** By the byte that stands for it. */
  readonly #instructions: Record<string, () => unknown> = {
    '\x80': () => this.#skip(1), // protocol
    '\x95': () => this.#skip(8), // frame
    '}': () => this.#push(new Map()),
    ']': () => this.#push([]),
    ')': () => this.#push([]),
    N: () => this.#push(null),
    '\x88': () => this.#push(true),
    '\x89': () => this.#push(false),
    K: () => this.#push(this.#bytes.readUInt8(this.#skip(1))),
    M: () => this.#push(this.#bytes.readUInt16LE(this.#skip(2))),
    J: () => this.#push(this.#bytes.readInt32LE(this.#skip(4))),
    G: () => this.#push(this.#bytes.readDoubleBE(this.#skip(8))),
    '\x8a': () => this.#push(this.#readLong(this.#bytes.readUInt8(this.#skip(1)))),
    X: () => this.#push(this.#readText(this.#bytes.readUInt32LE(this.#skip(4)))),
    '\x8c': () => this.#push(this.#readText(this.#bytes.readUInt8(this.#skip(1)))),
    q: () => this.#memo.set(this.#bytes.readUInt8(this.#skip(1)), this.#top()),
    r: () => this.#memo.set(this.#bytes.readUInt32LE(this.#skip(4)), this.#top()),
    '\x94': () => this.#memo.set(this.#memo.size, this.#top()),
    h: () => this.#push(this.#recall(this.#bytes.readUInt8(this.#skip(1)))),
    j: () => this.#push(this.#recall(this.#bytes.readUInt32LE(this.#skip(4)))),
    '(': () => {
      this.#below.push(this.#stack);
      this.#stack = [];
    },
    t: () => this.#push(this.#popMark()),
    '\x85': () => this.#push([this.#pop()]),
    '\x86': () => this.#push([this.#pop(), this.#pop()].toReversed()),
    '\x87': () => this.#push([this.#pop(), this.#pop(), this.#pop()].toReversed()),
    a: () => this.#append([this.#pop()]),
    e: () => this.#append(this.#popMark()),
    s: () => this.#setItems([this.#pop(), this.#pop()].toReversed()),
    u: () => this.#setItems(this.#popMark()),
    c: () => this.#push(this.#findGlobal(`${this.#readLine()}.${this.#readLine()}`)),
    i: () => this.#findGlobal(`${this.#readLine()}.${this.#readLine()}`),
    '\x93': () => {
      const [name, module] = [this.#pop(), this.#pop()];
      this.#push(this.#findGlobal(`${String(module)}.${String(name)}`));
    },
    Q: () => this.#push(this.#makeStorage(this.#pop())),
    R: () => {
      const [values, callee] = [this.#pop(), this.#pop()];
      this.#push(this.#make(callee, values));
    },
    // The state of an OrderedDict: notes of PyTorch on its modules.
    b: () => this.#pop(),
  };

  #skip(count: number): number {
    this.#at += count;
    return this.#at - count;
  }

  #push(value: Pickled): void {
    this.#stack.push(value);
  }

  #pop(): Pickled {
    const value = this.#stack.pop();
    if (value === undefined) throw new Error('its pickle takes what is not there');
    return value;
  }

  #top(): Pickled {
    const value = this.#stack.at(-1);
    if (value === undefined) throw new Error('its pickle names what is not there');
    return value;
  }

  #popMark(): Pickled[] {
    const values = this.#stack;
    const below = this.#below.pop();
    if (!below) throw new Error('its pickle closes what is not open');
    this.#stack = below;
    return values;
  }

  #recall(place: number): Pickled {
    const value = this.#memo.get(place);
    if (value === undefined) throw new Error('its pickle recalls what it never saw');
    return value;
  }

  #append(values: Pickled[]): void {
    const list = this.#top();
    if (!Array.isArray(list)) throw new Error('its pickle appends to what is no list');
    for (const value of values) list.push(value);
  }

  #setItems(pairs: Pickled[]): void {
    const map = this.#top();
    if (!(map instanceof Map)) throw new Error('its pickle sets an item of what is no dictionary');
    for (let i = 0; i + 1 < pairs.length; i += 2) map.set(pairs[i]!, pairs[i + 1]!);
  }

  #readText(length: number): string {
    const start = this.#skip(length);
    if (this.#at > this.#bytes.length) throw new Error('its pickle ends within a text');
    return this.#bytes.toString('utf8', start, this.#at);
  }

  #readLine(): string {
    const end = this.#bytes.indexOf('\n', this.#at);
    if (end < 0) throw new Error('its pickle ends within a name');
    const line = this.#bytes.toString('utf8', this.#at, end);
    this.#at = end + 1;
    return line;
  }

  #readLong(length: number): number {
    const start = this.#skip(length);
    if (this.#at > this.#bytes.length) throw new Error('its pickle ends within a number');
    // Two's complement, the last byte first.
    const digits = this.#bytes.subarray(start, this.#at).toReversed();
    const unsigned = BigInt(`0x0${Buffer.from(digits).toString('hex')}`);
    return Number(BigInt.asIntN(Math.max(1, length * 8), unsigned));
  }

  #findGlobal(name: string): Global {
    if (KNOWN.has(name)) return new Global(name);
    throw new Error(`its pickle asks for ${name}, and may construct nothing but tensors`);
  }

  #makeStorage(id: Pickled): PickledStorage {
    const [kind, type, key, , count] = Array.isArray(id) ? id : [];
    const dtype = type instanceof Global ? STORAGES[type.name] : undefined;
    if (kind !== 'storage' || !dtype || typeof key !== 'string' || !isCount(count))
      throw new Error('its pickle refers to a storage in a way that is not known');
    return new PickledStorage(key, dtype, count);
  }

  #make(callee: Pickled, values: Pickled): Pickled {
    const name = callee instanceof Global ? callee.name : 'what is no name';
    if (!Array.isArray(values)) throw new Error(`its pickle calls ${name} with what is no tuple`);
    if (name === ORDERED_DICT && values.length === 0) return new Map();
    if (name === PARAMETER && values[0] instanceof PickledTensor) return values[0];
    if (name === TENSOR) {
      const [storage, offset, shape, stride] = values;
      if (storage instanceof PickledStorage && isCount(offset) && isCounts(shape) && isCounts(stride))
        return new PickledTensor(storage, offset, shape, stride);
    }
    throw new Error(`its pickle calls ${name} with values that do not fit`);
  }
}

const isCount = (value: unknown): value is number => Number.isSafeInteger(value) && (value as number) >= 0;
const isCounts = (value: unknown): value is number[] => Array.isArray(value) && value.every(isCount);
