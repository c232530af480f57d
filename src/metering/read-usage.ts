import { Prisma } from '../database/generated/client.ts';
import { AppError } from '../errors.ts';
import type { TenantDb } from '../tenancy/tenant-db.ts';

/** The same names as the GraphQL enum `UsageBy`. */
export type UsageBy = 'DAY' | 'API_KEY' | 'MODEL';

export interface UsageQuery {
  /** Whole days of UTC: from the day of this time on. */
  from: Date;
  /** Up to the day of this time, itself not included. */
  to: Date;
  by: UsageBy;
}

export interface UsageGroup {
  /** When the day begins; null in other groups. */
  start: Date | null;
  apiKeyId: string | null;
  modelId: string | null;
  images: number;
  classifications: number;
}

const DAY_MS = 86_400_000;
const MAX_DAYS = 366;
const MAX_GROUPS = 1_000;

const GROUPS: Record<UsageBy, Prisma.Sql> = {
  DAY: Prisma.sql`(day::timestamp at time zone 'UTC') as start, null::uuid as key, null as model`,
  API_KEY: Prisma.sql`null::timestamptz as start, api_key_id as key, null as model`,
  MODEL: Prisma.sql`null::timestamptz as start, null::uuid as key, model_id as model`,
};

/**
 * What was done on some days, in one statement over ledger and folded days: exact at any moment. Throws INVALID_INPUT
 * for days that are none or too many.
 */
export async function readUsageByDay(
  db: TenantDb,
  tenantId: string,
  { from, to, by }: UsageQuery,
): Promise<{ total: UsageGroup; groups: UsageGroup[] }> {
  const [first, end] = [startOfDay(from), startOfDay(to)];
  checkDays(first, end);
  const [firstDay, endDay] = [dateOf(first), dateOf(end)];
  const rows = await db.withTenant(
    tenantId,
    (tx) => tx.$queryRaw<UsageGroup[]>`
      with used as (
        select day, api_key_id, model_id, images, classifications from usage_day
        where tenant_id = ${tenantId}::uuid and day >= ${firstDay}::date and day < ${endDay}::date
        union all
        select (occurred_at at time zone 'UTC')::date, api_key_id, model_id, images, classifications from usage_event
        where tenant_id = ${tenantId}::uuid and occurred_at >= ${first} and occurred_at < ${end}
      ), grouped as (select ${GROUPS[by]}, images, classifications from used)
      select start, key as "apiKeyId", model as "modelId", coalesce(sum(images), 0)::float8 as images,
        coalesce(sum(classifications), 0)::float8 as classifications
      from grouped
      group by grouping sets ((), (start, key, model))
      order by grouping(start) desc, start, sum(images) desc, key, model
      limit ${MAX_GROUPS + 1}`,
  );
  const [total, ...groups] = rows;
  return { total: total!, groups };
}

function startOfDay(time: Date): Date {
  return new Date(Math.floor(time.getTime() / DAY_MS) * DAY_MS);
}

function dateOf(day: Date): string {
  return day.toISOString().slice(0, 10);
}

function checkDays(first: Date, end: Date): void {
  const days = (end.getTime() - first.getTime()) / DAY_MS;
  if (days > 0 && days <= MAX_DAYS) return;
  throw new AppError('INVALID_INPUT', {
    message: `Usage is told for 1 to ${MAX_DAYS} whole days of UTC, that of 'to' not included; got ${first.toISOString()} to ${end.toISOString()}.`,
    path: ['to'],
  });
}
