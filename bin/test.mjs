#!/usr/bin/env node
// `npm test`: installs what the lock file says, then runs the tests under the Node that it brought.
import path from 'node:path';
import { ensureInstalled } from './bootstrap/install.mjs';
import { main } from './bootstrap/main.mjs';
import { PROJECT_DIR, say } from './bootstrap/paths.mjs';
import { run } from './bootstrap/run.mjs';

await main(async () => {
  await ensureInstalled({ dev: true });
  process.chdir(PROJECT_DIR);
  say('Running the tests: a line for each file as it ends, the first after up to a minute...');
  const vitest = path.join(PROJECT_DIR, 'node_modules', 'vitest', 'vitest.mjs');
  return run(vitest, ['run', ...process.argv.slice(2)]);
});
