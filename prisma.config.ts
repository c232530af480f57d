import { defineConfig } from 'prisma/config';

// These need no engine, yet look for one to download: any existing file satisfies the look.
if (['generate', 'validate', 'format'].some((command) => process.argv.includes(command))) {
  process.env.PRISMA_SCHEMA_ENGINE_BINARY ??= process.execPath;
}

export default defineConfig({
  schema: 'prisma/schema.prisma',
  migrations: { path: 'prisma/migrations' },
  datasource: { url: process.env.TAXOLENS_MIGRATION_DATABASE_URL ?? '' },
});
