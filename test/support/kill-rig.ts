import { withClient } from './database.ts';
import { startFragileDatabase, type FragileDatabase } from './outage.ts';
import { startReceiver, type Receiver } from './receiver.ts';
import { startNode, type WatchedChild } from './child.ts';
import { endServed, makeDataDir, MAIN, SERVED_ENV, startServed, type Served } from './served.ts';

/** A server that is killed and started again, on a database of its own, with a consumer of webhooks beside it. */
export interface KillRig {
  database: FragileDatabase;
  receiver: Receiver;
  /** Of scope ADMIN, in the demonstration tenant. */
  key: string;
  /** The one that runs now. */
  server(): Served;
  /** kill -9. */
  kill(): Promise<void>;
  /** Starts another one. */
  start(): Promise<void>;
  /** `taxolens worker` on the same database, until the rig stops. */
  startWorker(): void;
  /** Rows, whatever the policies say. */
  query<Row>(sql: string): Promise<Row[]>;
  stop(): Promise<void>;
}

export async function startKillRig(): Promise<KillRig> {
  const database = await startFragileDatabase();
  const receiver = await startReceiver();
  const dataDir = makeDataDir();
  const env = {
    DATABASE_URL: database.url,
    TAXOLENS_DATA_DIR: dataDir.path,
    TAXOLENS_DEMO: 'true',
    TAXOLENS_ALLOWED_PRIVATE_TARGETS: '127.0.0.1',
    LOG_LEVEL: 'fatal',
  };
  const start = () => startServed(env);
  let server = await start();
  const workers: WatchedChild[] = [];
  const key = /Bearer (txl_\w+)/.exec(server.output())![1]!;
  return {
    database,
    receiver,
    key,
    server: () => server,
    async kill() {
      server.process.kill('SIGKILL');
      await server.ended;
    },
    async start() {
      server = await start();
    },
    startWorker() {
      workers.push(startNode([MAIN, 'worker'], { ...SERVED_ENV, ...env }));
    },
    query: (sql) => withClient(database.superuserUrl, async (client) => (await client.query(sql)).rows),
    async stop() {
      await Promise.all([server, ...workers].map(endServed));
      await receiver.stop();
      await database.remove();
      dataDir.remove();
    },
  };
}
