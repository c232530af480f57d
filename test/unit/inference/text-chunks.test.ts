import { expect, it } from 'vitest';
import { chunkTexts } from '../../../src/inference/text-chunks.ts';

it('puts texts of like length together and remembers where each came from', () => {
  const texts = ['a rather long prompt', 'cat', 'another long prompt!', 'dog', '猫'];
  const chunks = [...chunkTexts(texts, () => 2)];
  expect(chunks.map((chunk) => chunk.texts)).toEqual([
    ['cat', 'dog'],
    ['猫', 'a rather long prompt'],
    ['another long prompt!'],
  ]);
  for (const { places, texts: chunk } of chunks) expect(places.map((place) => texts[place])).toEqual(chunk);
});

it('makes no chunk of nothing', () => {
  expect([...chunkTexts([], () => 8)]).toEqual([]);
});

it('asks for the size at every chunk', () => {
  const sizes = [1, 3];
  const chunks = [...chunkTexts(['a', 'b', 'c', 'd'], () => sizes.shift()!)];
  expect(chunks.map((chunk) => chunk.texts)).toEqual([['a'], ['b', 'c', 'd']]);
});
