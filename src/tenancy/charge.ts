import { costMs, monthOf, type Allowance, type Rate } from './allowance.ts';
import type { Tx } from './tenant-db.ts';

export interface Charge {
  tenantId: string;
  allowance: Omit<Allowance, 'keeps'>;
  weight: number;
  /** What was done, for the month. */
  images: number;
  classifications: number;
  now: Date;
}

/** Which limits had no room. */
export interface Refused {
  rates: Rate[];
  month: boolean;
}

/**
 * Takes the price of finished work from every rate and counts it in the month, in one statement; call it last in the
 * transaction of the work. Null: it is charged. Else the caller throws, so that nothing has happened. The rows stay
 * locked until the commit, so two requests never both take the last of an allowance.
 */
export async function chargeWork(tx: Tx, charge: Charge): Promise<Refused | null> {
  const { tenantId, allowance, weight, images, classifications, now } = charge;
  const { rates, imagesPerMonth } = allowance;
  const subjects = rates.map(({ subjectId }) => subjectId);
  const costs = rates.map((rate) => costMs(weight, rate));
  const [done] = await tx.$queryRaw<{ charged: string[]; months: number }[]>`
    with asked as (
      select subject, ${now}::timestamptz + cost * interval '1 millisecond' as full_at
      from unnest(${subjects}::uuid[], ${costs}::float8[]) as each (subject, cost)
    ), rate as (
      insert into rate_bucket as held (tenant_id, subject_id, full_at)
      select ${tenantId}::uuid, subject, full_at from asked order by subject
      on conflict (tenant_id, subject_id) do update
        set full_at = greatest(held.full_at, ${now}::timestamptz) + (excluded.full_at - ${now}::timestamptz)
        where greatest(held.full_at, ${now}::timestamptz) + (excluded.full_at - ${now}::timestamptz)
          <= ${now}::timestamptz + interval '1 minute'
      returning subject_id
    ), month as (
      insert into usage_month as used (tenant_id, month, images, classifications)
      select ${tenantId}::uuid, ${monthOf(now)}::date, ${images}::bigint, ${classifications}::bigint
      where ${imagesPerMonth}::bigint is null or ${images}::bigint <= ${imagesPerMonth}::bigint
      on conflict (tenant_id, month) do update
        set images = used.images + excluded.images,
            classifications = used.classifications + excluded.classifications
        where ${imagesPerMonth}::bigint is null or used.images + excluded.images <= ${imagesPerMonth}::bigint
      returning month
    )
    select array(select subject_id::text from rate) as charged, (select count(*) from month)::int as months`;
  const { charged, months } = done!;
  const refused = {
    rates: rates.filter(({ subjectId }) => !charged.includes(subjectId)),
    month: months === 0,
  };
  return refused.rates.length > 0 || refused.month ? refused : null;
}
