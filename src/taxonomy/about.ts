import { Prisma } from '../database/generated/client.ts';
import { AppError } from '../errors.ts';
import type { TenantDb } from '../tenancy/tenant-db.ts';
import { checkText } from './text-rules.ts';

const MAX_NAME_LENGTH = 200;
const MAX_DESCRIPTION_LENGTH = 5_000;

/** Throws INVALID_INPUT where a taxonomy cannot be called that. */
export function checkName(name: string): void {
  checkText(name, { what: "A taxonomy's name", maxLength: MAX_NAME_LENGTH, path: ['name'] });
  if (name === name.trim()) return;
  const message = `A taxonomy's name has no space at either end; got '${name}'.`;
  throw new AppError('INVALID_INPUT', { message, path: ['name'] });
}

/** Throws INVALID_INPUT where a description is no text; none is fine. */
export function checkDescription(description: string | null | undefined): void {
  if (description === null || description === undefined) return;
  const rule = { what: "A taxonomy's description", maxLength: MAX_DESCRIPTION_LENGTH, multiline: true };
  checkText(description, { ...rule, path: ['description'] });
}

/** Runs what writes a taxonomy's name; the database's word that the name is taken becomes NAME_TAKEN. */
export async function withFreeName<T>(
  db: TenantDb,
  tenantId: string,
  name: string | undefined,
  write: () => Promise<T>,
): Promise<T> {
  try {
    return await write();
  } catch (error) {
    const isTaken = error instanceof Prisma.PrismaClientKnownRequestError && error.code === 'P2002';
    if (!isTaken || name === undefined) throw error;
    throw await toNameTaken(db, tenantId, name, error);
  }
}

async function toNameTaken(db: TenantDb, tenantId: string, name: string, cause: unknown): Promise<unknown> {
  const holder = await db.withTenant(tenantId, (tx) =>
    tx.taxonomy.findUnique({ where: { tenantId_name: { tenantId, name } } }),
  );
  if (!holder) return cause; // another unique key, or the holder was renamed just now
  const message = holder.archivedAt
    ? `The name '${name}' belongs to a taxonomy that was archived on ${holder.archivedAt.toISOString()}; it keeps its name. Choose another.`
    : `There is a taxonomy named '${name}' already. Choose another name.`;
  return new AppError('NAME_TAKEN', { message, path: ['name'], cause });
}
