import type { Prisma } from '../../database/generated/client.ts';
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
  owner: LabelOwner,
  kind: FileKind,
  layout: FileLayout,
): Promise<void> {
  const json = layout as unknown as Prisma.InputJsonObject;
  await tx.labelFile.upsert({
    where: { tenantId_versionId_format_language: { ...owner, ...kind } },
    create: { ...owner, ...kind, layout: json },
    update: { layout: json },
  });
}

/** Null where no file of this kind was imported. */
export async function readLayout(
  tx: Tx,
  { tenantId, versionId }: LabelOwner,
  { format, language }: FileKind,
): Promise<FileLayout | null> {
  const where = { tenantId_versionId_format_language: { tenantId, versionId, format, language } };
  const row = await tx.labelFile.findUnique({ where });
  return row && (row.layout as unknown as FileLayout);
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
