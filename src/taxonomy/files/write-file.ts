import { Prisma } from '../../database/generated/client.ts';
import type { Label } from '../../database/generated/client.ts';
import type { Tx } from '../../tenancy/tenant-db.ts';
import { localizedTexts } from '../label-name.ts';
import { createCsvWriter } from './csv-writer.ts';
import { writeForeignFile } from './foreign-writer.ts';
import type { FileKind } from './layouts.ts';
import { readLayout } from './layouts.ts';
import type { LabelSource, SourceRef } from './label-source.ts';

/** The file of a source in a format, piece by piece. Throws as `LabelSource`, also while it is being written. */
export async function* writeFile(
  source: LabelSource,
  { format, language }: FileKind,
): AsyncGenerator<string> {
  if (format === 'CSV') yield* writeCsv(source);
  else if (format === 'JSON') yield* writeJson(source);
  else {
    const layout = await source.read((tx) => readLayout(tx, source.ref, { format, language }));
    yield* writeForeignFile(format, await source.paths(language), layout ?? undefined);
  }
}

async function* writeCsv(source: LabelSource): AsyncGenerator<string> {
  const writer = createCsvWriter(
    await source.read(async (tx) => ({
      names: await readLanguages(tx, source.ref, 'names'),
      synonyms: await readLanguages(tx, source.ref, 'synonyms'),
    })),
  );
  yield writer.head();
  for await (const labels of source.chunks()) yield writer.rows(labels);
}

/** The languages that labels have names or synonyms in, in alphabetical order. */
async function readLanguages(
  tx: Tx,
  { tenantId, versionId }: SourceRef,
  of: 'names' | 'synonyms',
): Promise<string[]> {
  const rows = await tx.$queryRaw<{ language: string }[]>`
    select distinct text ->> 'language' as language
    from label, jsonb_array_elements(${Prisma.raw(of)}) as text
    where tenant_id = ${tenantId}::uuid and version_id = ${versionId}::uuid`;
  return rows.map(({ language }) => language).toSorted();
}

/** An array with a label a line. */
async function* writeJson(source: LabelSource): AsyncGenerator<string> {
  let separator = '[\n';
  for await (const labels of source.chunks()) {
    yield separator + labels.map((label) => JSON.stringify(toJson(label))).join(',\n');
    separator = ',\n';
  }
  yield separator === '[\n' ? '[]\n' : '\n]\n';
}

/** As `upsertLabels` takes it. */
function toJson({ key, parentKey, position, names, synonyms, description }: Label) {
  const inOrder = (texts: Label['names']) =>
    localizedTexts(texts).map(({ language, text }) => ({ language, text }));
  return {
    key,
    parentKey,
    position,
    names: inOrder(names),
    synonyms: inOrder(synonyms),
    description,
  };
}
