import { Prisma } from '../database/generated/client.ts';
import { AppError } from '../errors.ts';
import type { TenantDb } from '../tenancy/tenant-db.ts';

/** The same names as the GraphQL enum `ClassificationStatsBy`. */
export type StatsBy = 'HOUR' | 'DAY' | 'LABEL' | 'TAXONOMY';

export interface StatsQuery {
  from: Date;
  /** Not included. */
  to: Date;
  by: StatsBy;
  taxonomyId: string | null;
}

export interface StatsGroup {
  start: Date | null;
  taxonomyId: string | null;
  labelKey: string | null;
  count: number;
  meanScore: number | null;
  medianScore: number | null;
  latency: { p50Ms: number; p95Ms: number; p99Ms: number } | null;
  meanBatchSize: number | null;
}

const DAY_MS = 86_400_000;
const MAX_DAYS: Record<StatsBy, number> = { HOUR: 31, DAY: 366, LABEL: 366, TAXONOMY: 366 };
const MAX_GROUPS = 1_000;
/** Millions of classifications are summed up in this; beyond it the time asked for is too long. */
const LIMIT_MS = 8_000;

/** What the groups are: when they begin, their taxonomy, their label. */
const GROUPS: Record<StatsBy, Prisma.Sql> = {
  HOUR: Prisma.sql`date_trunc('hour', c.created_at, 'UTC') as start, null::uuid as taxonomy, null as label`,
  DAY: Prisma.sql`date_trunc('day', c.created_at, 'UTC') as start, null::uuid as taxonomy, null as label`,
  TAXONOMY: Prisma.sql`null::timestamptz as start, c.taxonomy_id as taxonomy, null as label`,
  LABEL: Prisma.sql`null::timestamptz as start, c.taxonomy_id as taxonomy, l.key as label`,
};

/**
 * Figures of all classifications of a time and of each group, in one statement. Throws INVALID_INPUT for a time that
 * is none or too long, COST_LIMIT where there are too many classifications in it.
 */
export async function readStats(
  db: TenantDb,
  tenantId: string,
  query: StatsQuery,
): Promise<{ total: StatsGroup; groups: StatsGroup[] }> {
  checkTime(query);
  const rows = await db
    .withTenant(tenantId, async (tx) => {
      await tx.$executeRaw`select set_config('statement_timeout', ${String(LIMIT_MS)}, true)`;
      return tx.$queryRaw<Row[]>(toStatement(tenantId, query));
    })
    .catch((error: unknown) => {
      throw isTimeout(error) ? tooMuch() : error;
    });
  const [total, ...groups] = rows.map(toGroup);
  return { total: total!, groups };
}

function checkTime({ from, to, by }: StatsQuery): void {
  const days = (to.getTime() - from.getTime()) / DAY_MS;
  if (days > 0 && days <= MAX_DAYS[by]) return;
  throw new AppError('INVALID_INPUT', {
    message: `'to' lies after 'from', by ${by} at most ${MAX_DAYS[by]} days; got ${from.toISOString()} to ${to.toISOString()}.`,
    path: ['to'],
  });
}

function toStatement(tenantId: string, { from, to, by, taxonomyId }: StatsQuery): Prisma.Sql {
  const ofTaxonomy = taxonomyId === null ? Prisma.empty : Prisma.sql`and c.taxonomy_id = ${taxonomyId}::uuid`;
  return Prisma.sql`
    with made as (
      select ${GROUPS[by]}, p.score, (c.timing ->> 'totalMs')::float8 as total_ms,
        (c.timing ->> 'batchSize')::float8 as batch_size
      from classification c
      left join prediction p on p.tenant_id = c.tenant_id and p.classification_id = c.id and p.rank = 0
      left join label l on l.tenant_id = p.tenant_id and l.id = p.label_id
      where c.tenant_id = ${tenantId}::uuid and c.created_at >= ${from} and c.created_at < ${to} ${ofTaxonomy}
    )
    select start, taxonomy as "taxonomyId", label as "labelKey", count(*)::int as count,
      avg(score) as "meanScore", percentile_cont(0.5) within group (order by score) as "medianScore",
      percentile_cont(array[0.5, 0.95, 0.99]) within group (order by total_ms) as percentiles,
      avg(batch_size) as "meanBatchSize"
    from made
    group by grouping sets ((), (start, taxonomy, label))
    order by grouping(start) desc, start, count(*) desc, taxonomy, label
    limit ${MAX_GROUPS + 1}`;
}

interface Row extends Omit<StatsGroup, 'latency'> {
  percentiles: [number, number, number] | null;
}

function toGroup({ percentiles, ...group }: Row): StatsGroup {
  if (!percentiles) return { ...group, latency: null };
  const [p50Ms, p95Ms, p99Ms] = percentiles;
  return { ...group, latency: { p50Ms, p95Ms, p99Ms } };
}

/** Postgres calls it query_canceled. */
function isTimeout(error: unknown): boolean {
  return error instanceof Prisma.PrismaClientKnownRequestError && error.message.includes('57014');
}

function tooMuch(): AppError {
  return new AppError('COST_LIMIT', {
    message: `There are too many classifications in that time to sum them up in ${LIMIT_MS / 1000} seconds. Ask for a shorter time, or for one taxonomy.`,
  });
}
