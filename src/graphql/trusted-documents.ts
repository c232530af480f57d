import { createHash } from 'node:crypto';
import { readFileSync, readdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { z } from 'zod';
import { ConfigError } from '../config.ts';

/** Texts of registered documents, by `sha256:<64 hexadecimal digits>` of their UTF-8. */
export type TrustedDocuments = ReadonlyMap<string, string>;

/** Those that ship: the console's build writes its own here. */
const SHIPPED_DIR = resolve(import.meta.dirname, '../../trusted-documents');

const Manifest = z.record(z.string(), z.string());

/**
 * Reads every manifest (`*.json`: an object from id to text) of the shipped directory and of the configured one.
 * Throws ConfigError where one cannot be read, or an id is not the hash of its text.
 */
export function loadTrustedDocuments(directory: string | undefined): TrustedDocuments {
  const documents = new Map<string, string>();
  for (const dir of directory === undefined ? [SHIPPED_DIR] : [SHIPPED_DIR, directory]) {
    for (const file of listManifests(dir)) {
      for (const [id, text] of readManifest(file)) documents.set(id, text);
    }
  }
  return documents;
}

/** The id that a request names a document by. */
export function documentIdOf(text: string): string {
  return `sha256:${createHash('sha256').update(text).digest('hex')}`;
}

function listManifests(dir: string): string[] {
  try {
    const names = readdirSync(dir).filter((name) => name.endsWith('.json'));
    return names.toSorted().map((name) => join(dir, name));
  } catch (cause) {
    throw new ConfigError(`The directory of trusted documents cannot be read: ${dir}.`, { cause });
  }
}

function readManifest(file: string): [id: string, text: string][] {
  let manifest: Record<string, string>;
  try {
    manifest = Manifest.parse(JSON.parse(readFileSync(file, 'utf8')));
  } catch (cause) {
    throw new ConfigError(
      `${file} is no manifest of trusted documents: expected a JSON object { "sha256:<hash>": "<text>" }.`,
      { cause },
    );
  }
  const documents = Object.entries(manifest);
  for (const [id, text] of documents) {
    const expected = documentIdOf(text);
    if (id === expected) continue;
    throw new ConfigError(
      `${file} names a document '${id.slice(0, 100)}' whose text has the id '${expected}'.`,
    );
  }
  return documents;
}
