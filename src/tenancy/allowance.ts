import type { Tx } from './tenant-db.ts';

/** The burst of every rate: as much as it gives in a minute, at once. */
export const BURST_MS = 60_000;

/** A rate and how much of it is used up (generic cell rate algorithm). */
export interface Rate {
  /** An API key, or the tenant itself. */
  subjectId: string;
  imagesPerMinute: number;
  /** When the bucket is full again, in milliseconds since the epoch. */
  fullAt: number;
}

/** What a key may still use, as the database has it now. */
export interface Allowance {
  /** Those that are limited: none, the tenant's, the key's, or both. */
  rates: Rate[];
  /** Null: no limit. */
  imagesPerMonth: number | null;
  imagesThisMonth: number;
  classificationsThisMonth: number;
  /** Whether the idempotency key that was asked for has its answer already: it costs nothing to repeat. */
  isAnswered: boolean;
  keeps: Keeps;
}

/** What is kept of an image that is classified, beside its classifications. */
export interface Keeps {
  embeddings: boolean;
  /** Days for which the image itself is; null: it is not. */
  imagesDays: number | null;
}

interface AllowanceRow {
  images_per_month: number | null;
  images: bigint | null;
  classifications: bigint | null;
  tenant_rate: number | null;
  tenant_full_at: Date | null;
  key_rate: number | null;
  key_full_at: Date | null;
  is_answered: boolean;
  image_embeddings_kept_days: number | null;
  images_kept_days: number | null;
}

export interface AllowanceQuestion {
  tenantId: string;
  /** Null: the tenant's own allowance only. */
  apiKeyId: string | null;
  idempotencyKey: string | null;
  now: Date;
}

/** Reads everything that bounds a key, and what its tenant keeps, in one statement. */
export async function readAllowance(tx: Tx, question: AllowanceQuestion): Promise<Allowance> {
  const { tenantId, apiKeyId, idempotencyKey, now } = question;
  const [row] = await tx.$queryRaw<AllowanceRow[]>`
    select t.images_per_month, t.image_embeddings_kept_days, t.images_kept_days, u.images, u.classifications,
      t.images_per_minute as tenant_rate, tb.full_at as tenant_full_at,
      k.images_per_minute as key_rate, kb.full_at as key_full_at,
      exists (select from idempotency_key i where i.tenant_id = t.id and i.key = ${idempotencyKey}
              and i.response is not null and i.expires_at > ${now}) as is_answered
    from tenant t
    left join usage_month u on u.tenant_id = t.id and u.month = ${monthOf(now)}::date
    left join rate_bucket tb on tb.tenant_id = t.id and tb.subject_id = t.id
    left join api_key k on k.tenant_id = t.id and k.id = ${apiKeyId}::uuid
    left join rate_bucket kb on kb.tenant_id = t.id and kb.subject_id = k.id
    where t.id = ${tenantId}::uuid`;
  if (!row) throw new Error(`There is no tenant ${tenantId}.`); // its key was good a moment ago
  return {
    rates: [
      ...toRate(tenantId, row.tenant_rate, row.tenant_full_at),
      ...toRate(apiKeyId ?? '', row.key_rate, row.key_full_at),
    ],
    imagesPerMonth: row.images_per_month,
    imagesThisMonth: Number(row.images ?? 0),
    classificationsThisMonth: Number(row.classifications ?? 0),
    isAnswered: row.is_answered,
    keeps: { embeddings: row.image_embeddings_kept_days !== null, imagesDays: row.images_kept_days },
  };
}

function toRate(subjectId: string, imagesPerMinute: number | null, fullAt: Date | null): Rate[] {
  return imagesPerMinute === null ? [] : [{ subjectId, imagesPerMinute, fullAt: fullAt?.getTime() ?? 0 }];
}

/** How much of its burst a weight takes. */
export function costMs(weight: number, { imagesPerMinute }: Pick<Rate, 'imagesPerMinute'>): number {
  return (weight / imagesPerMinute) * BURST_MS;
}

/** When a rate has room for a weight, in milliseconds since the epoch; not after `now`: at once. */
export function roomAt(rate: Rate, weight: number, now: number): number {
  return Math.max(rate.fullAt, now) + costMs(weight, rate) - BURST_MS;
}

/** The first day of the month of UTC, as a date of the database. */
export function monthOf(now: Date): string {
  return `${now.toISOString().slice(0, 7)}-01`;
}

/** When the month is over. */
export function nextMonthOf(now: Date): Date {
  return new Date(Date.UTC(now.getUTCFullYear(), now.getUTCMonth() + 1, 1));
}
