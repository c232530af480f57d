import { startApp, type StartOptions } from '../../src/app.ts';
import { readConfig, type Config } from '../../src/config.ts';
import type { Services } from '../../src/context.ts';
import { createClient, type Client } from './client.ts';
import { createTestDatabase, type TestDatabase } from './database.ts';
import { watchLeaks } from './leak-guard.ts';

export interface TestApp extends Client {
  url: string;
  operatorKey: string;
  /** For what HTTP does not show. */
  services: Services;
  database: TestDatabase;
  /** Stops everything and fails where something is left open. */
  stop(): Promise<void>;
}

export const OPERATOR_KEY = 'the-operator-key-of-every-test-app';
const ENCRYPTION_KEY = Buffer.from('the-encryption-key-of-test-apps!').toString('base64');

/**
 * A real app: HTTP on a free port, a database of its own, the shipped model with one encoder and one decoder, no
 * demonstration tenant, no GraphiQL, no log. One a test file: `beforeAll(async () => (app = await startTestApp()))`.
 */
export async function startTestApp(
  overrides: Partial<Config> = {},
  options: StartOptions = {},
): Promise<TestApp> {
  const leaks = watchLeaks();
  const database = await createTestDatabase();
  const config = readConfig({
    PORT: '0',
    LOG_LEVEL: 'silent',
    DATABASE_URL: database.applicationUrl,
    TAXOLENS_OPERATOR_KEY: OPERATOR_KEY,
    TAXOLENS_ENCODERS: '1',
    TAXOLENS_ENCRYPTION_KEY: ENCRYPTION_KEY,
    TAXOLENS_MODELS_DIR: '/nonexistent', // what was added on this machine is not for tests
  });
  const app = await startApp({ ...config, ...overrides }, { explorer: false, ...options });
  return {
    ...createClient(app.url),
    url: app.url,
    operatorKey: OPERATOR_KEY,
    services: app.services,
    database,
    async stop() {
      await app.stop();
      await database.drop();
      await leaks.expectNone();
    },
  };
}
