import { checkRange } from '../classification/classify-input.ts';
import type { InboundHookScheme, Prisma } from '../database/generated/client.ts';
import { AppError } from '../errors.ts';
import { checkName } from '../tenancy/check-name.ts';
import type { Tx } from '../tenancy/tenant-db.ts';
import { checkMapping, type Mapping } from './mapping.ts';
import type { HmacHeader } from './verify.ts';

/** What a hook is told to be; undefined leaves a value as it is. */
export interface HookInput {
  name?: string | undefined;
  /** UUID. */
  taxonomyId?: string | undefined;
  version?: number | null | undefined;
  topK?: number | undefined;
  minScore?: number | null | undefined;
  language?: string | null | undefined;
  promptLanguage?: string | null | undefined;
  imagesPerMinute?: number | undefined;
  hmacHeader?: HmacHeader | undefined;
  mapping?: Mapping | undefined;
}

const HEADER_NAME = /^[A-Za-z0-9-]{1,100}$/;
const PREFIX = /^[\x21-\x7e]{0,50}$/;

/** Throws INVALID_INPUT for whatever is not acceptable in itself. */
export function checkHookInput({ name, topK, minScore, imagesPerMinute, mapping }: HookInput): void {
  if (name !== undefined) checkName(name);
  if (topK !== undefined) checkRange('topK', topK, { min: 1, max: 100, unit: 'predictions' });
  if (typeof minScore === 'number') checkRange('minScore', minScore, { min: 0, max: 1, unit: 'as a score' });
  if (imagesPerMinute !== undefined) {
    checkRange('imagesPerMinute', imagesPerMinute, { min: 1, max: 100_000, unit: 'images' });
  }
  if (mapping) checkMapping(mapping);
}

/** Throws INVALID_INPUT where the scheme needs a header that is not said, or the other way round. */
export function checkHmacHeader(scheme: InboundHookScheme, hmacHeader: HmacHeader | undefined): void {
  const invalid = (message: string) => new AppError('INVALID_INPUT', { message, path: ['hmacHeader'] });
  if ((scheme === 'HMAC_HEADER') !== (hmacHeader !== undefined)) {
    throw invalid(
      "'hmacHeader' says where the digest stands: given for HMAC_HEADER, and for no other scheme.",
    );
  }
  if (!hmacHeader) return;
  const { name, prefix, timestampHeader } = hmacHeader;
  for (const header of [name, timestampHeader ?? 'none']) {
    if (!HEADER_NAME.test(header))
      throw invalid(`The name of a header is up to 100 letters, digits and '-'.`);
  }
  if (!PREFIX.test(prefix)) throw invalid('A prefix has up to 50 visible ASCII characters without spaces.');
}

/** The columns of what is given, and no others. Precondition: the input was checked. */
export function toColumns({ mapping, hmacHeader, ...given }: HookInput) {
  return {
    ...given,
    ...(mapping && { mapping: mapping as unknown as Prisma.InputJsonObject }),
    ...(hmacHeader && { hmacHeader: hmacHeader as unknown as Prisma.InputJsonObject }),
  };
}

/** Throws NOT_FOUND where the tenant does not have the taxonomy, or the taxonomy not the version. */
export async function checkTaxonomy(
  tx: Tx,
  tenantId: string,
  { taxonomyId, version }: { taxonomyId: string; version: number | null },
): Promise<void> {
  if ((await tx.taxonomy.count({ where: { tenantId, id: taxonomyId } })) === 0) {
    throw new AppError('NOT_FOUND', { message: 'There is no taxonomy with this id.', path: ['taxonomyId'] });
  }
  if (version === null) return;
  const where = { tenantId, taxonomyId, number: version, state: 'READY' as const };
  if (version > 0 && (await tx.taxonomyVersion.count({ where })) === 1) return;
  throw new AppError('NOT_FOUND', {
    message: `The taxonomy has no READY version ${version}.`,
    path: ['version'],
  });
}
