import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { seed, type SeededTenant } from '../support/seed.ts';
import { MALICIOUS_BODIES } from '../support/malicious/bodies.ts';
import { MALICIOUS_DOCUMENTS } from '../support/malicious/documents.ts';
import type { RawRequest } from '../support/malicious/request.ts';
import { MALICIOUS_VARIABLES } from '../support/malicious/variables.ts';
import { startTestApp, type TestApp } from '../support/start-app.ts';

const MAX_CPU_MS = 50;
const MAX_BODY_BYTES = 4_000;

let app: TestApp;
let tenant: SeededTenant;
let foreign: SeededTenant;
beforeAll(async () => {
  app = await startTestApp();
  tenant = await seed(app).withTenant('malicious').alone();
  foreign = await seed(app).withTenant('the foreign tenant').alone();
});
afterAll(() => app.stop());

async function send({ method = 'POST', path = '/graphql', headers, body }: RawRequest) {
  const all: Record<string, string> = {
    authorization: `Bearer ${tenant.key}`,
    'content-type': 'application/json',
    ...headers,
  };
  const sent = Object.fromEntries(Object.entries(all).filter(([, value]) => value !== ''));
  const response = await fetch(`${app.url}${path}`, {
    method,
    headers: sent,
    ...(method === 'POST' && body !== undefined && { body }),
  });
  return { status: response.status, type: response.headers.get('content-type'), text: await response.text() };
}

/** Processor time of the process, server and client together, for one request. */
async function measure(request: RawRequest) {
  const before = process.cpuUsage();
  const answer = await send(request);
  const { user, system } = process.cpuUsage(before);
  return { answer, cpuMs: (user + system) / 1000 };
}

const median = (values: number[]) => values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)]!;

/** What no answer may hold: secrets, stacks, addresses of the database, other tenants, advice on names. */
const secretsOf = () => [
  app.operatorKey,
  tenant.key,
  foreign.key,
  foreign.id,
  foreign.name,
  app.database.applicationUrl,
];
const LEAK = /node_modules|\bat \w+ \(|\.ts:\d|postgres|prisma|stacktrace|did you mean|"tracing"/i;

const REQUESTS = [...MALICIOUS_DOCUMENTS, ...MALICIOUS_VARIABLES, ...MALICIOUS_BODIES];

describe('a malicious request', () => {
  it('comes in at least 60 forms, each another', () => {
    expect(new Set(REQUESTS.map(({ name }) => name)).size).toBe(REQUESTS.length);
    expect(REQUESTS.length).toBeGreaterThanOrEqual(60);
  });

  it.each(REQUESTS.map((request) => [request.name, request] as const))(
    'is refused quickly, shortly and without a secret: %s',
    async (_, request) => {
      await send(request); // the second time is the usual one
      const runs = [];
      for (let run = 0; run < 5; run++) runs.push(await measure(request));
      const { status, type, text } = runs[0]!.answer;
      expect(type).toMatch(/^application\/(json|graphql-response\+json); charset=utf-8$/);
      expect(status).toBeLessThan(500);
      expect(isRefused(text) ? '' : text.slice(0, 500)).toBe('');
      expect(text).not.toContain('"INTERNAL"');
      expect(Buffer.byteLength(text)).toBeLessThan(MAX_BODY_BYTES);
      expect(text).not.toMatch(LEAK);
      for (const secret of secretsOf()) expect(text).not.toContain(secret);
      expect(median(runs.map(({ cpuMs }) => cpuMs))).toBeLessThan(MAX_CPU_MS);
    },
  );

  it('leaves the process alive, and its answers right', async () => {
    const { viewer } = await app.graphql<{ viewer: { tenant: { id: string } } }>(
      '{ viewer { tenant { id } } }',
      {},
      tenant.key,
    );
    expect(viewer.tenant.id).toBe(tenant.id);
  });
});

/** An error, a user error, or nothing found. */
function isRefused(text: string): boolean {
  const { data, errors } = JSON.parse(text) as { data?: Record<string, unknown> | null; errors?: unknown[] };
  if (errors && errors.length > 0) return true;
  return Object.values(data ?? {}).every(
    (value) => value === null || JSON.stringify(value).includes('"userErrors":[{') || isEmpty(value),
  );
}

function isEmpty(value: unknown): boolean {
  if (Array.isArray(value)) return value.every(isEmpty);
  if (typeof value === 'object' && value !== null) return Object.values(value).every(isEmpty);
  return value === null;
}
