import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { startEmbeddedPostgres } from '../../src/database/embedded-postgres.ts';
import { migrate } from '../../src/database/migrate.ts';
import { inDatabase, type TestDatabase } from './database.ts';
import { silentLogger } from './silent-logger.ts';

/** A migrated database on a server of its own that keeps what it acknowledged: `serve` refuses the one that tests share. */
export async function startDurableDatabase(): Promise<TestDatabase> {
  const dataDir = await mkdtemp(path.join(tmpdir(), 'taxolens-durable-'));
  await chmod(dataDir, 0o711); // as root, Postgres runs under another user, who must get in
  const server = await startEmbeddedPostgres({ dataDir, logger: silentLogger });
  const { ownerUrl, applicationUrl } = server;
  await migrate({ ownerUrl, applicationUrl, logger: silentLogger });
  return {
    ownerUrl,
    applicationUrl,
    superuserUrl: inDatabase(server.superuserUrl, 'taxolens'),
    async drop() {
      await server.stop();
      await rm(dataDir, { recursive: true, force: true });
    },
  };
}
