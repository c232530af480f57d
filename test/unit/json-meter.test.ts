import { describe, expect, it } from 'vitest';
import { JsonMeter } from '../../src/json-meter.ts';

/** How many values a meter counts, told in memory: 100 bytes each. */
function meter(text: string, pieceBytes = Infinity, maxValues = Infinity): number {
  let taken = 0;
  const meter = new JsonMeter({ maxValues, take: (bytes) => void (taken += bytes) });
  const bytes = Buffer.from(text);
  for (let at = 0; at < bytes.length; at += pieceBytes) meter.add(bytes.subarray(at, at + pieceBytes));
  return taken / 100;
}

const TEXTS = [
  '{"a":[1,2,[],{"b":"x"}],"c":null}',
  String.raw`{"a":"[[,{\",[{\\","b":["\\\\",","]}`,
  String.raw`["\\",["\"",{"\\\"":[]}]]`,
  '[[[[]]]]',
  '{"猫":"[，,{","x":[1]}',
];

function countValues(value: unknown): number {
  if (typeof value !== 'object' || value === null) return 1;
  return Object.values(value).reduce((sum: number, one) => sum + countValues(one), 1);
}

describe('the meter of JSON', () => {
  it.each(TEXTS)('counts every list, object and comma outside of texts: %s', (text) => {
    const counted = meter(text);
    expect(counted + 1).toBeGreaterThanOrEqual(countValues(JSON.parse(text)));
    expect(counted).toBe(text.replaceAll(/"(\\.|[^"\\])*"/g, '').replaceAll(/[^,[{]/g, '').length);
  });

  it.each(TEXTS)('counts the same wherever the pieces end: %s', (text) => {
    for (const pieceBytes of [1, 2, 3, 7]) expect(meter(text, pieceBytes)).toBe(meter(text));
  });

  it('ends at the first piece that has too many', () => {
    expect(meter('[1,1,1]', 1, 3)).toBe(3);
    expect(() => meter('[1,1,1,1]', 1, 3)).toThrow('at most 3 values');
  });
});
