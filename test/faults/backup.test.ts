import { existsSync } from 'node:fs';
import { open, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startNode } from '../support/child.ts';
import { until } from '../support/poll.ts';
import { makeDataDir } from '../support/served.ts';
import { COMMAND, startServer, type RunningServer } from '../support/start-server.ts';

const WRITERS = 8;

interface Write {
  /** `<writer>-<number>`: a writer sends the next one when the last was acknowledged. */
  name: string;
  acknowledgedAt: number;
}

const places: ReturnType<typeof makeDataDir>[] = [];
function newPlace() {
  const place = makeDataDir();
  places.push(place);
  return place;
}

let server: RunningServer;
let backup: string;
let written: Write[];
let holdsAllUntil: number;
beforeAll(async () => {
  server = await startServer(newPlace());
  backup = join(newPlace().path, 'backup');
  written = await whileWriting(server, async (sofar) => {
    await until('some writes are acknowledged', () => sofar.length >= 3 * WRITERS);
    const { output } = await command(server.dataDir, ['backup', backup]);
    holdsAllUntil = Date.parse(/acknowledged before (\S+Z)\./.exec(output)![1]!);
    const count = sofar.length;
    await until('it still takes writes', () => sofar.length >= count + WRITERS);
  });
});
afterAll(async () => {
  await server?.stop();
  for (const place of places) place.remove();
});

async function whileWriting(
  { graphql, key }: RunningServer,
  work: (sofar: Write[]) => Promise<void>,
): Promise<Write[]> {
  const writes: Write[] = [];
  const over = new AbortController();
  const writer = async (index: number) => {
    for (let number = 1; !over.signal.aborted; number++) {
      const name = `${index}-${number}`;
      const query =
        'mutation ($name: String!) { createTaxonomy(input: { name: $name }) { taxonomy { id } } }';
      await graphql(query, { name }, key);
      writes.push({ name, acknowledgedAt: Date.now() });
    }
  };
  const writers = Array.from({ length: WRITERS }, (_, index) => writer(index));
  await work(writes);
  over.abort();
  await Promise.all(writers);
  return writes;
}

/** Runs one command through the bootstrap. */
async function command(
  dataDir: string,
  args: string[],
  env: NodeJS.ProcessEnv = {},
): Promise<{ code: unknown; output: string }> {
  const child = startNode([COMMAND, ...args], { TAXOLENS_DATA_DIR: dataDir, LOG_LEVEL: 'warn', ...env });
  return { code: await child.ended, output: child.output() };
}

async function listNames({ graphql }: RunningServer, key: string): Promise<string[]> {
  interface Page {
    taxonomies: { nodes: { name: string }[]; pageInfo: { endCursor: string | null; hasNextPage: boolean } };
  }
  const query = `query ($after: String) {
    taxonomies(first: 100, after: $after) { nodes { name } pageInfo { endCursor hasNextPage } }
  }`;
  const names: string[] = [];
  for (let after: string | null = null, more = true; more;) {
    const { taxonomies }: Page = await graphql<Page>(query, { after }, key);
    names.push(...taxonomies.nodes.map(({ name }) => name));
    ({ endCursor: after, hasNextPage: more } = taxonomies.pageInfo);
  }
  return names;
}

describe('a backup that is made while 8 writers write', () => {
  it('holds, restored, every write acknowledged before it ended, and of each writer no later one without the earlier', async () => {
    const place = newPlace();
    const { code, output } = await command(place.path, ['restore', backup]);
    expect({ code, output }).toMatchObject({ code: 0, output: expect.stringContaining('is ready') });
    const restored = await startServer(place);
    const names = await listNames(restored, server.key);
    await restored.stop();

    const promised = written.filter(({ acknowledgedAt }) => acknowledgedAt < holdsAllUntil);
    console.log(
      `${written.length} writes, ${promised.length} acknowledged before the end of the backup, ${names.length - 2} restored`,
    );
    expect(promised.length).toBeGreaterThan(3 * WRITERS);
    expect(promised.map(({ name }) => name).filter((name) => !names.includes(name))).toEqual([]);
    expect(names.length).toBeLessThan(written.length);
    for (let writer = 0; writer < WRITERS; writer++) {
      const numbers = names
        .filter((name) => name.startsWith(`${writer}-`))
        .map((name) => Number(name.split('-')[1]));
      expect(numbers.toSorted((a, b) => a - b)).toEqual(Array.from(numbers, (_, index) => index + 1));
    }
  });

  it('is refused when a byte of it has changed, and nothing is restored', async () => {
    const place = newPlace();
    const damaged = join(backup, 'cluster', 'base', '1', '1259');
    const file = await open(damaged, 'r+');
    const { buffer } = await file.read(Buffer.alloc(1), 0, 1, 4_000);
    await file.write(Buffer.from([buffer[0]! ^ 1]), 0, 1, 4_000);
    const { code, output } = await command(place.path, ['restore', backup]);
    expect(code).toBe(78);
    expect(output).toContain('The backup is damaged: base/1/1259');
    expect(await readdir(place.path)).toEqual([]);
    await file.write(buffer, 0, 1, 4_000);
    await file.close();
    expect((await command(place.path, ['restore', backup])).code).toBe(0);
  });
});

describe('what backup and restore refuse', () => {
  it.each(['backup', 'restore'])('%s: a server of the operator, which has tools of its own', async (name) => {
    const directory = join(newPlace().path, 'x');
    const env = { DATABASE_URL: 'postgresql://someone@localhost/db' };
    const { code, output } = await command(server.dataDir, [name, directory], env);
    expect(code).toBe(78);
    expect(output).toContain('use its own tools');
    expect(existsSync(directory)).toBe(false);
  });

  it.each([
    ['no directory', () => [], 64, 'Expected: taxolens backup <directory>'],
    ['a directory that holds something', () => [backup], 78, 'is not empty'],
  ] as const)('backup to %s', async (_, args, expected, message) => {
    const { code, output } = await command(server.dataDir, ['backup', ...args()]);
    expect(code).toBe(expected);
    expect(output).toContain(message);
  });

  it('backup of nothing', async () => {
    const { code, output } = await command(newPlace().path, ['backup', join(newPlace().path, 'x')]);
    expect(code).toBe(78);
    expect(output).toContain('There is no database in');
  });

  it('restore over a database, which stays as it is', async () => {
    const before = await listNames(server, server.key);
    const { code, output } = await command(server.dataDir, ['restore', backup]);
    expect(code).toBe(78);
    expect(output).toContain('uses the data directory');
    expect(await listNames(server, server.key)).toEqual(before);
  });
});
