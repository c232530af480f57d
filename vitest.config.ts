import { resolve } from 'node:path';
import { defineConfig } from 'vitest/config';

/** Measures the delay of an event loop, so that nothing else may run beside it. */
const ALONE = 'test/faults/load.test.ts';

export default defineConfig({
  // The file that Node finds. Vite prefers another one, and then graphql is loaded twice and disowns its own errors.
  resolve: { alias: [{ find: /^graphql$/, replacement: resolve('node_modules/graphql/index.js') }] },
  test: {
    pool: 'forks',
    maxWorkers: 2,
    testTimeout: 60_000,
    hookTimeout: 120_000,
    projects: [
      {
        extends: true,
        test: {
          name: 'all',
          include: ['test/**/*.test.ts'],
          exclude: [ALONE],
          globalSetup: ['test/support/postgres-server.ts', 'test/support/build-client.ts'],
          sequence: { groupOrder: 0 },
        },
      },
      { extends: true, test: { name: 'alone', include: [ALONE], sequence: { groupOrder: 1 } } },
    ],
  },
});
