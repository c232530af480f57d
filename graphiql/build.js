// node graphiql/build.js <directory>: builds the page into a directory that is not there yet. The server runs it as a
// child of low priority, once for each lock file.
import { rmSync } from 'node:fs';
import { mkdtemp, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { constants, setPriority } from 'node:os';
import { dirname, join } from 'node:path';
import { build } from 'vite';

const [directory] = process.argv.slice(2);
if (directory === undefined) throw new Error('Usage: node graphiql/build.js <directory>');
setPriority(constants.priority.PRIORITY_LOW);

// Whoever starts it may end at any time, and two may build at once: a directory is whole, or it is not there.
const made = await mkdtemp(join(dirname(directory), 'graphiql-'));
process.once('SIGTERM', () => {
  rmSync(made, { recursive: true, force: true });
  process.kill(process.pid, 'SIGTERM');
});
try {
  await build({
    root: import.meta.dirname,
    configFile: false,
    base: './',
    logLevel: 'error',
    worker: { format: 'es' },
    build: {
      outDir: made,
      emptyOutDir: true,
      modulePreload: { polyfill: false },
      chunkSizeWarningLimit: 10_000,
    },
  });
  const page = join(made, 'index.html');
  // The page stands at /graphiql, its files below that.
  await writeFile(page, (await readFile(page, 'utf8')).replaceAll('"./assets/', '"graphiql/assets/'));
  await rename(made, directory).catch((error) => {
    if (!['ENOTEMPTY', 'EEXIST'].includes(error.code)) throw error;
  });
} finally {
  await rm(made, { recursive: true, force: true });
}
