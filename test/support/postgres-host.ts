// node test/support/postgres-host.ts <dataDir>: holds an embedded Postgres until it is told to stop, or killed.
import { startEmbeddedPostgres } from '../../src/database/embedded-postgres.ts';
import { silentLogger } from './silent-logger.ts';

const server = await startEmbeddedPostgres({
  dataDir: process.argv[2]!,
  logger: silentLogger,
  durability: 'test',
  onProgress: (line) => process.stderr.write(`${line}\n`),
});
process.stdout.write(`ready ${server.applicationUrl}\n`);
const keepAlive = setInterval(() => {}, 1_000);
process.once('SIGTERM', () => {
  clearInterval(keepAlive);
  void server.stop();
});
