import { existsSync, globSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { getIntrospectionQuery } from 'graphql';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Explorer } from '../../src/explorer/explorer.ts';
import { until } from '../support/poll.ts';
import { seed, type SeededTenant } from '../support/seed.ts';
import { silentLogger } from '../support/silent-logger.ts';
import { startTestApp, type TestApp } from '../support/start-app.ts';

let app: TestApp;
let tenant: SeededTenant;
let page: Response;
beforeAll(async () => {
  app = await startTestApp({}, { explorer: true });
  tenant = await seed(app).withTenant('explorer').withTaxonomy(['cat', 'dog'], { name: 'five-labels' });
  page = await until(
    'GraphiQL is built',
    async () => {
      const response = await fetch(`${app.url}/graphiql`);
      return response.status === 200 && response;
    },
    110_000,
  );
});
afterAll(() => app.stop());

describe('GraphiQL', () => {
  it('is a page of its own, whose policy lets no script in but its own files', async () => {
    const policy = page.headers.get('content-security-policy')!;
    expect(policy).toContain("default-src 'none'; script-src 'self'; ");
    expect(policy.match(/'unsafe-[^']*'/g)).toEqual(["'unsafe-inline'"]);
    expect(policy).toContain("style-src 'self' 'unsafe-inline'");
    const html = await page.clone().text();
    expect(page.headers.get('content-type')).toBe('text/html; charset=utf-8');
    expect(html.match(/<script(?![^>]* src=")/g)).toBeNull();
    expect(html).not.toMatch(/ on\w+=|javascript:/);
    expect(html).not.toMatch(/(?:src|href)="(?:https?:)?\/\//);
  });

  it('brings every file from this server, to be kept for good', async () => {
    const html = await page.clone().text();
    const files = [...html.matchAll(/(?:src|href)="(graphiql\/[^"]+)"/g)].map(([, path]) => path!);
    expect(files.length).toBeGreaterThanOrEqual(2);
    for (const file of files) {
      const response = await fetch(new URL(file, `${app.url}/graphiql`));
      expect(response.status).toBe(200);
      expect(response.headers.get('content-type')).toMatch(/^text\/(javascript|css)/);
      expect(response.headers.get('cache-control')).toContain('immutable');
      // Read, or the socket stays open until the garbage is collected.
      expect((await response.bytes()).length).toBeGreaterThan(0);
    }
  });

  it('finds its files below any base path, and has one address', async () => {
    const response = await fetch(`${app.url}/graphiql/`, { redirect: 'manual' });
    expect([response.status, response.headers.get('location')]).toEqual([308, '../graphiql']);
    const missing = await fetch(`${app.url}/graphiql/assets/nothing.js`);
    expect([missing.status, missing.headers.get('cache-control')]).toEqual([404, 'no-store']);
    expect((await fetch(`${app.url}/graphiql/assets/..%2findex.html`)).status).toBeGreaterThanOrEqual(400);
  });

  it('may introspect', async () => {
    const query = getIntrospectionQuery({ inputValueDeprecation: true, schemaDescription: true });
    const { errors } = await app.send({ query, key: tenant.key });
    expect(errors).toEqual([]);
  });

  const OPERATIONS = resolve(import.meta.dirname, '../../graphiql/operations');
  it.each(globSync('*.graphql', { cwd: OPERATIONS }))('is prefilled with what works: %s', async (name) => {
    const variables = join(OPERATIONS, name.replace('.graphql', '.json'));
    const { errors, data } = await app.send({
      query: readFileSync(join(OPERATIONS, name), 'utf8'),
      variables: existsSync(variables) ? JSON.parse(readFileSync(variables, 'utf8')) : {},
      key: tenant.key,
      headers: { origin: app.url },
    });
    expect(errors).toEqual([]);
    expect(JSON.stringify(data)).not.toMatch(/"code":"/);
  });
});

describe('until GraphiQL is built', () => {
  const dir = mkdtempSync(join(tmpdir(), 'taxolens-explorer-'));
  const explorers: Explorer[] = [];
  afterAll(async () => {
    for (const explorer of explorers) await explorer.stop();
    rmSync(dir, { recursive: true });
  });

  const build = (name: string, code: string, logger = silentLogger) => {
    const script = join(dir, `${name.replace('\0', '')}.mjs`);
    writeFileSync(script, code);
    const explorer = new Explorer({ dataDir: dir, logger, script, directory: join(dir, name) });
    explorers.push(explorer);
    return explorer;
  };

  it('a build that ends well is found by the next start', async () => {
    const code = `import { mkdirSync } from 'node:fs'; mkdirSync(process.argv[2]);`;
    const explorer = build('good', code);
    expect(explorer.state).toEqual({ kind: 'building' });
    await until('it is built', () => explorer.state.kind === 'ready');
    expect(build('good', 'throw new Error("built twice")').state).toEqual(explorer.state);
  });

  it('a build that fails is told with what it said', async () => {
    const logged: unknown[] = [];
    const logger = { ...silentLogger, error: (...line: unknown[]) => logged.push(line) };
    const explorer = build('bad', 'throw new Error("no disk")', logger as typeof silentLogger);
    await until('it has failed', () => explorer.state.kind === 'failed');
    expect(explorer.state).toMatchObject({ reason: expect.stringContaining('no disk') as string });
    expect(JSON.stringify(logged)).toContain('no disk');
  });

  it('a build that cannot even be started keeps no server from starting', () => {
    expect(build('no\0path', '').state).toMatchObject({ kind: 'failed' });
  });

  it('a build that runs ends with the server', async () => {
    const explorer = build('long', 'setInterval(() => {}, 1000)');
    await explorer.stop();
    expect(existsSync(join(dir, 'long'))).toBe(false);
  });

  it('a build knows nothing of the keys and passwords of the server', async () => {
    const explorer = build('env', 'throw new Error(Object.keys(process.env).join())');
    await until('it has failed', () => explorer.state.kind === 'failed');
    expect(explorer.state).toMatchObject({ reason: expect.stringMatching(/Error: PATH$/m) as string });
  });
});
