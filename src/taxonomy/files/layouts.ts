import type { Tx } from '../../tenancy/tenant-db.ts';
import type { LabelOwner } from '../label-rows.ts';
import type { FileLayout, LabelFormat } from './label-file.ts';

/** Of which file: its format, and the language of its names. */
export interface FileKind {
  format: LabelFormat;
  language: string;
}

/** Keeps what the file said beside its labels, in place of what an earlier one of its kind said. */
export async function writeLayout(
  tx: Tx,
  { tenantId, versionId }: LabelOwner,
  { format, language }: FileKind,
  layout: FileLayout,
): Promise<void> {
  // As text: Prisma would walk a layout of 20,000 keys and hold up the event loop.
  await tx.$executeRaw`
    insert into label_file (tenant_id, version_id, format, language, layout)
    values (${tenantId}::uuid, ${versionId}::uuid, ${format}, ${language}, ${JSON.stringify(layout)}::jsonb)
    on conflict (tenant_id, version_id, format, language) do update set layout = excluded.layout`;
}

/** Null where no file of this kind was imported. */
export async function readLayout(
  tx: Tx,
  { tenantId, versionId }: LabelOwner,
  { format, language }: FileKind,
): Promise<FileLayout | null> {
  const [row] = await tx.$queryRaw<{ layout: string }[]>`
    select layout::text as layout from label_file
    where tenant_id = ${tenantId}::uuid and version_id = ${versionId}::uuid
      and format = ${format} and language = ${language}`;
  return row ? (JSON.parse(row.layout) as FileLayout) : null;
}

/** Copies the layouts of a draft or version to another of the same tenant that has none. */
export async function copyLayouts(
  tx: Tx,
  tenantId: string,
  { fromVersionId, toVersionId }: { fromVersionId: string; toVersionId: string },
): Promise<void> {
  await tx.$executeRaw`
    insert into label_file (tenant_id, version_id, format, language, layout)
    select tenant_id, ${toVersionId}::uuid, format, language, layout
    from label_file where tenant_id = ${tenantId}::uuid and version_id = ${fromVersionId}::uuid`;
}
