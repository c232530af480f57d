import { SchemaEngine, type DiffParams } from '@prisma/schema-engine-wasm';

const FILE = 'schema.prisma';

/**
 * The SQL that turns a database of one Prisma schema into one of another; null as `from` is an empty database.
 * Empty where nothing differs. Prisma's own command downloads an engine for this; the one here is a package.
 */
export async function diffSchemas(from: string | null, to: string): Promise<string> {
  const engine = await SchemaEngine.new({ datamodels: [[FILE, to]] }, () => {}, NO_DATABASE);
  const params: DiffParams & { shadowDatabaseUrl: null } = {
    from:
      from === null ? { tag: 'empty' } : { tag: 'schemaDatamodel', files: [{ path: FILE, content: from }] },
    to: { tag: 'schemaDatamodel', files: [{ path: FILE, content: to }] },
    script: true,
    exitCode: true,
    shadowDatabaseUrl: null, // wanted by the engine, forgotten by its types
    filters: { externalTables: [], externalEnums: [] },
  };
  const { exitCode, stdout } = await engine.diff(params);
  engine.free();
  return exitCode === 0 ? '' : (stdout ?? '');
}

/** The engine wants a database even to compare two texts: it asks for the version, and is told. */
const NO_DATABASE = makeNoDatabase();

function makeNoDatabase(): object {
  const connection = {
    provider: 'postgres',
    adapterName: 'none',
    getConnectionInfo: () => ok({ schemaName: 'public', supportsRelationJoins: true }),
    // Whether the schema exists, version(), server_version_num.
    queryRaw: () =>
      Promise.resolve(
        ok({
          columnTypes: [5, 7, 0],
          columnNames: ['a', 'b', 'c'],
          rows: [[true, 'PostgreSQL 18', 180_000]],
        }),
      ),
    dispose: () => Promise.resolve(ok(undefined)),
  };
  const connect = () => Promise.resolve(ok(connection));
  return { provider: 'postgres', adapterName: 'none', connect, connectToShadowDb: connect };
}

function ok(value: unknown): object {
  return { ok: true, value };
}
