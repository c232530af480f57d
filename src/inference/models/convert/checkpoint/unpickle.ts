import { construct, findGlobal, makeStorage } from './pickled.ts';
import type { Pickled } from './pickled.ts';

/** Some 40 for each tensor: real ones need a tenth of it. */
const MOST_STEPS = 500_000;

/**
 * A pickle is a program that may call any function by name. This reader constructs tensors and plain data, knows the few
 * names of a checkpoint and refuses all others; nothing is ever called. Source: Python's pickletools.py.
 * Throws Error with the reason: a name that is not known, an instruction that is not, or an early end.
 */
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
    c: () => this.#push(findGlobal(`${this.#readLine()}.${this.#readLine()}`)),
    i: () => findGlobal(`${this.#readLine()}.${this.#readLine()}`),
    '\x93': () => {
      const [name, module] = [this.#pop(), this.#pop()];
      this.#push(findGlobal(`${String(module)}.${String(name)}`));
    },
    Q: () => this.#push(makeStorage(this.#pop())),
    R: () => {
      const [values, callee] = [this.#pop(), this.#pop()];
      this.#push(construct(callee, values));
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
}
