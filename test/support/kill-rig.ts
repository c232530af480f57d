import { withClient } from './database.ts';
import { startFragileDatabase, type FragileDatabase } from './outage.ts';
import { startReceiver, type Receiver } from './receiver.ts';
import { endServed, makeDataDir, startServed, type Served } from './served.ts';

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
  /** Rows, whatever the policies say. */
  query<Row>(sql: string): Promise<Row[]>;
  stop(): Promise<void>;
}

export async function startKillRig(): Promise<KillRig> {
  const database = await startFragileDatabase();
  const receiver = await startReceiver();
  const dataDir = makeDataDir();
  const start = () =>
    startServed({
      DATABASE_URL: database.url,
      TAXOLENS_DATA_DIR: dataDir.path,
      TAXOLENS_DEMO: 'true',
      TAXOLENS_ALLOWED_PRIVATE_TARGETS: '127.0.0.1',
      LOG_LEVEL: 'fatal',
    });
  let server = await start();
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
    query: (sql) => withClient(database.superuserUrl, async (client) => (await client.query(sql)).rows),
    async stop() {
      await endServed(server);
      await receiver.stop();
      await database.remove();
      dataDir.remove();
    },
  };
}
