import { existsSync, globSync, readFileSync } from 'node:fs';
import { basename, dirname, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { ENVIRONMENT_VARIABLES } from '../../src/config.ts';

const ROOT = resolve(import.meta.dirname, '../..');
const read = (path: string) => readFileSync(resolve(ROOT, path), 'utf8');

describe('the documentation', () => {
  it('README lists exactly the environment variables that are read', () => {
    const rows = read('README.md').matchAll(/^\| (`[A-Z_`, ]+`) +\|/gm);
    const listed = [...rows].flatMap(([, names]) =>
      [...names!.matchAll(/`([A-Z_]+)`/g)].map(([, name]) => name!),
    );
    expect(listed.toSorted()).toEqual(ENVIRONMENT_VARIABLES.toSorted());
  });

  it('README begins with the two commands', () => {
    const commands = [...read('README.md').matchAll(/```sh\n(.+?)\n```/gs)].map(([, command]) => command);
    expect(commands.slice(0, 2)).toEqual(['npm start', 'npm test']);
  });

  it('ARCHITECTURE.md names only files that exist', () => {
    const text = read('ARCHITECTURE.md');
    const named = [...text.matchAll(/`([\w./-]+\.(?:ts|mjs|graphql|prisma))`/g)].map(([, path]) => path!);
    expect(named.length).toBeGreaterThan(30);
    const places = ['', 'src', 'src/inference'];
    const missing = named.filter((path) => !places.some((place) => existsSync(resolve(ROOT, place, path))));
    expect(missing).toEqual([]);
  });

  it('docs/security.md names only tests that exist', () => {
    const named = read('docs/security.md').match(/test\/[\w./-]+\.test\.ts/g) ?? [];
    expect(named.length).toBeGreaterThan(15);
    expect(named.filter((path) => !existsSync(resolve(ROOT, path)))).toEqual([]);
  });

  it('docs/decisions has an index of every decision by its title', () => {
    const files = globSync('docs/decisions/0*.md', { cwd: ROOT }).toSorted();
    const titles = files.map((file) => `[${/^# (.+)$/m.exec(read(file))![1]}](${basename(file)})`);
    const listed = [...read('docs/decisions/README.md').matchAll(/^\| (\[.+?\]\(\d.+?\)) +\|/gm)];
    expect(listed.map(([, link]) => link)).toEqual(titles);
  });

  const pages = globSync(
    ['*.md', 'docs/**/*.md', 'examples/*.md', 'models/*/README.md', 'packages/*/README.md'],
    { cwd: ROOT },
  );
  it.each(pages)('%s links only to what exists', (page) => {
    const links = [...read(page).matchAll(/\]\((?!https?:|#)([^)#]+)(?:#[^)]*)?\)/g)].map(
      ([, target]) => target!,
    );
    const broken = links.filter((target) => !existsSync(resolve(ROOT, dirname(page), target)));
    expect(broken).toEqual([]);
  });
});
