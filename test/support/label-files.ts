import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import type { Client } from './client.ts';
import type { OwnTaxonomy, UserError } from './taxonomy-client.ts';

/** A file of labels that the tests bring. */
export function readLabelFixture(name: string): string {
  return readFileSync(resolve(import.meta.dirname, '../fixtures/label-files', name), 'utf8');
}

export interface Imported {
  taxonomy: { draft: { revision: number; labelCount: number } } | null;
  changes: {
    addedCount: number;
    changedCount: number;
    unchangedCount: number;
    labels: { key: string; kinds: string[]; summary: string }[];
  } | null;
  problems: { line: number; code: string; message: string }[];
  problemCount: number;
  userErrors: UserError[];
}

const IMPORT = `mutation ($input: ImportLabelsInput!) {
  importLabels(input: $input) {
    taxonomy { draft { revision labelCount } }
    changes { addedCount changedCount unchangedCount labels { key kinds summary } }
    problems { line code message } problemCount
    userErrors { code message path }
  }
}`;

/** Imports a file into a draft at its present revision. */
export async function importFile(
  app: Client,
  { client, id }: Pick<OwnTaxonomy, 'client' | 'id'>,
  format: string,
  content: string | Uint8Array<ArrayBuffer>,
  input: Record<string, unknown> = {},
): Promise<Imported> {
  const { taxonomy } = await client.query<{ taxonomy: { draft: { revision: number } } }>(
    'query ($id: ID!) { taxonomy(by: { id: $id }) { draft { revision } } }',
    { id },
  );
  const variables = {
    input: {
      taxonomyId: id,
      expectedRevision: taxonomy.draft.revision,
      format,
      file: null,
      ...input,
    },
  };
  const files = { 'variables.input.file': new Blob([content]) };
  const { importLabels } = await app.upload<{ importLabels: Imported }>(IMPORT, variables, files, client.key);
  return importLabels;
}

export interface Exported {
  url: string | null;
  expiresAt: string | null;
  userErrors: UserError[];
}

/** Asks for a link to a file. */
export async function askExport(
  { client, id }: Pick<OwnTaxonomy, 'client' | 'id'>,
  format: string,
  input: Record<string, unknown> = {},
): Promise<Exported> {
  const query = `mutation ($input: ExportLabelsInput!) {
    exportLabels(input: $input) { url expiresAt userErrors { code message path } }
  }`;
  const variables = { input: { taxonomyId: id, format, ...input } };
  return (await client.query<{ exportLabels: Exported }>(query, variables)).exportLabels;
}

/** The file itself, its byte order mark included. */
export async function exportFile(
  { url }: { url: string },
  taxonomy: Pick<OwnTaxonomy, 'client' | 'id'>,
  format: string,
  input: Record<string, unknown> = {},
): Promise<string> {
  const exported = await askExport(taxonomy, format, input);
  if (!exported.url) throw new Error(`The export was refused: ${JSON.stringify(exported.userErrors)}`);
  const response = await fetch(new URL(exported.url, url));
  if (!response.ok) throw new Error(`The download failed: ${await response.text()}`);
  return Buffer.from(await response.arrayBuffer()).toString('utf8');
}
