import { globSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';

/** What each file loads when it runs: imports of types alone cost nothing. */
const sources = globSync('src/inference/**/*.ts').map((file) => ({
  file,
  imports: [
    ...readFileSync(file, 'utf8').matchAll(/^(?:import|export) (?!type )[^;]*? from '([^']+)'/gm),
  ].map(([, from]) => (from!.startsWith('.') ? join(dirname(file), from!) : from!)),
}));

describe('native code and untrusted input stay behind one file each', () => {
  it.each([
    ['onnxruntime-node', 'src/inference/encoder/session.ts'],
    ['@huggingface/transformers', 'src/inference/encoder/tokenizer.ts'],
    ['sharp', 'src/inference/decoder/decode-image.ts'],
  ])('%s is imported by %s alone', (name, importer) => {
    expect(sources.filter(({ imports }) => imports.includes(name)).map(({ file }) => file)).toEqual([
      importer,
    ]);
  });
});

it('inference knows nothing of the rest of the server but its errors and limits', () => {
  const inside = sources.flatMap(({ imports }) => imports.filter((from) => from.startsWith('src/')));
  expect(inside.length).toBeGreaterThan(20);
  const outside = inside.filter((from) => !from.startsWith('src/inference/'));
  expect(new Set(outside)).toEqual(new Set(['src/errors.ts', 'src/limits.ts']));
});
