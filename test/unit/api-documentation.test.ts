import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { describeApi } from '../../docs/generate-api.ts';

const written = readFileSync(resolve(import.meta.dirname, '../../docs/api.md'), 'utf8');

describe('docs/api.md', () => {
  it('is what `npm run generate` writes', () => {
    expect(written).toBe(describeApi());
  });

  it('says of inputs that name one thing that one field is given', () => {
    expect(written).toMatch(/^## TaxonomyBy\n\n.* Exactly one of:$/m);
  });

  it('describes everything, and links only to what it has', () => {
    const headings = new Set([...written.matchAll(/^## (\w+)$/gm)].map(([, name]) => name!.toLowerCase()));
    const links = [...written.matchAll(/\]\(#(\w+)\)/g)].map(([, target]) => target!);
    expect(links.length).toBeGreaterThan(100);
    expect(links.filter((target) => !headings.has(target))).toEqual([]);
    expect(written.match(/^ *- `\w+`: [^\n]*\.? $/gm)).toBeNull();
  });
});
