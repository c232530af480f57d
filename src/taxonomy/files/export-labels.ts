import { z } from 'zod';
import { AppError } from '../../errors.ts';
import { signClaims, verifyClaims } from '../../tenancy/signing.ts';
import type { TenantDb } from '../../tenancy/tenant-db.ts';
import { canonicalLanguage } from '../languages.ts';
import { checkForeign } from './foreign-writer.ts';
import type { LabelFormat } from './label-file.ts';
import { LabelSource, type SourceRef } from './label-source.ts';
import { readLayout, type FileKind } from './layouts.ts';

export interface ExportLabelsInput {
  taxonomyId: string;
  /** A version's number; the draft where left out. */
  version?: number | null;
  format: LabelFormat;
  /** Of the names in formats with one language; the taxonomy's default where left out. */
  language?: string | null;
}

/** What a download gives. */
export interface LabelExport extends SourceRef, FileKind {}

const FORMATS = ['CSV', 'JSON', 'SHOPIFY', 'GOOGLE', 'IAB'] as const satisfies LabelFormat[];

/** What the token of a download says. Whoever has it may download: it lives for minutes, and names one tenant. */
const Claims = z.object({
  tenantId: z.uuid(),
  versionId: z.uuid(),
  revision: z.int().nullable(),
  format: z.enum(FORMATS),
  language: z.string(),
  /** Milliseconds since the epoch. */
  expiresAt: z.int(),
});

const PREFIX = 'txldl_';
const LIFETIME_MS = 10 * 60_000;

/** What is to be exported. Throws NOT_FOUND, and INVALID_INPUT where a label cannot be written in the format. */
export async function prepareExport(
  db: TenantDb,
  tenantId: string,
  { taxonomyId, version: number, format, language: given }: ExportLabelsInput,
): Promise<LabelExport> {
  const ref = await findSource(db, tenantId, taxonomyId, number ?? null);
  const language = given ? canonicalLanguage(given, ['language']) : ref.defaultLanguage;
  const wanted = { tenantId, versionId: ref.versionId, revision: ref.revision, format, language };
  if (format !== 'CSV' && format !== 'JSON') {
    const source = new LabelSource(db, wanted);
    const layout = await source.read((tx) => readLayout(tx, source.ref, { format, language }));
    await checkForeign(format, await source.paths(language), layout ?? undefined);
  }
  return wanted;
}

/** The draft has number 0, and is no version to clients. */
async function findSource(db: TenantDb, tenantId: string, taxonomyId: string, number: number | null) {
  return db.withTenant(tenantId, async (tx) => {
    const version = await tx.taxonomyVersion.findUnique({
      where: { tenantId_taxonomyId_number: { tenantId, taxonomyId, number: number ?? 0 } },
      include: { taxonomy: true },
    });
    if (!version || number === 0) {
      const taxonomy = await tx.taxonomy.findUnique({ where: { tenantId_id: { tenantId, id: taxonomyId } } });
      throw taxonomy
        ? missing(`'${taxonomy.name}' has no version ${number}.`, 'version')
        : missing('There is no such taxonomy.', 'taxonomyId');
    }
    const { id: versionId, defaultLanguage, taxonomy } = version;
    return { versionId, defaultLanguage, revision: number === null ? taxonomy.revision : null };
  });
}

function missing(message: string, field: string): AppError {
  return new AppError('NOT_FOUND', { message, path: [field] });
}

/** Links to exports: signed with the secret of the installation, and stored nowhere. */
export interface ExportLinks {
  /** The token of an export, good for some minutes. */
  sign(wanted: LabelExport): { token: string; expiresAt: Date };
  /** What a token downloads, or null where it is none of ours, or its time is over. */
  verify(token: string): LabelExport | null;
}

/** `now`: milliseconds since the epoch. */
export function createExportLinks(secret: Uint8Array, now: () => number = Date.now): ExportLinks {
  return {
    sign({ tenantId, versionId, revision, format, language }) {
      const expiresAt = now() + LIFETIME_MS;
      const claims = { tenantId, versionId, revision, format, language, expiresAt };
      return { token: signClaims(secret, PREFIX, claims), expiresAt: new Date(expiresAt) };
    },
    verify(token) {
      const claims = verifyClaims(secret, PREFIX, token);
      if (claims === null) return null;
      const { expiresAt, ...wanted } = Claims.parse(claims);
      return expiresAt > now() ? wanted : null;
    },
  };
}
