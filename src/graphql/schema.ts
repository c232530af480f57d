import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { makeExecutableSchema } from '@graphql-tools/schema';
import type { GraphQLSchema } from 'graphql';
import { resolvers } from '../resolvers/index.ts';

const SCHEMA_DIR = join(import.meta.dirname, '../schema');

/** The SDL of all nouns. */
export function readSchema(): string[] {
  const files = readdirSync(SCHEMA_DIR).filter((name) => name.endsWith('.graphql'));
  return files.toSorted().map((name) => readFileSync(join(SCHEMA_DIR, name), 'utf8'));
}

let made: GraphQLSchema | undefined;

/** The one executable schema of this process. */
export function executableSchema(): GraphQLSchema {
  return (made ??= makeExecutableSchema({ typeDefs: readSchema(), resolvers }));
}
