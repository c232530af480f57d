import { ANYTHING, CORRUPT, seededRandom, UNSUPPORTED, type CorpusImage } from './bases.ts';

/** Cut off near its beginning, in the middle and near its end. */
export function* truncate(bases: Record<string, Buffer>): Generator<CorpusImage> {
  for (const [name, bytes] of Object.entries(bases)) {
    for (const length of [0, 1, 3]) {
      const expected = length === 0 ? CORRUPT : [...UNSUPPORTED, ...CORRUPT];
      yield { name: `${name} cut after ${length} bytes`, bytes: bytes.subarray(0, length), expected };
    }
    for (const share of [0.1, 0.3, 0.5, 0.7, 0.9]) {
      const bytesLeft = bytes.subarray(0, Math.floor(bytes.length * share));
      yield { name: `${name} cut to ${share * 100} %`, bytes: bytesLeft, expected: ANYTHING };
    }
    yield { name: `${name} without its last byte`, bytes: bytes.subarray(0, -1), expected: ANYTHING };
  }
}

/** Bytes changed, taken out and put in at random places. */
export function* corrupt(bases: Record<string, Buffer>, seed: number): Generator<CorpusImage> {
  const random = seededRandom(seed);
  for (const [name, bytes] of Object.entries(bases)) {
    for (let round = 0; round < 4; round++) {
      const changed = Buffer.from(bytes);
      for (let i = 0; i < 1 + bytes.length / 200; i++) {
        changed[Math.floor(random() * bytes.length)] = Math.floor(random() * 256);
      }
      yield { name: `${name} with changed bytes, ${round}`, bytes: changed, expected: ANYTHING };
    }
    const at = Math.floor(random() * bytes.length);
    const without = Buffer.concat([bytes.subarray(0, at), bytes.subarray(at + 7)]);
    yield { name: `${name} with bytes missing`, bytes: without, expected: ANYTHING };
    const noise = Buffer.from(Array.from({ length: 300 }, () => Math.floor(random() * 256)));
    const longer = Buffer.concat([bytes.subarray(0, at), noise, bytes.subarray(at)]);
    yield { name: `${name} with noise put in`, bytes: longer, expected: ANYTHING };
    const ones = Buffer.concat([bytes.subarray(0, 32), Buffer.alloc(bytes.length, 0xff)]);
    yield { name: `${name} of ones after its header`, bytes: ones, expected: ANYTHING };
  }
}
