import { BURST_MS, nextMonthOf, readAllowance } from './allowance.ts';
import type { TenantDb } from './tenant-db.ts';

export interface Usage {
  imagesThisMonth: number;
  classificationsThisMonth: number;
  resetsAt: Date;
  /** Null where neither a rate nor a month bounds it. */
  imagesLeftNow: number | null;
}

/** What a tenant has used, and what one request could bring now. */
export async function readUsage(db: TenantDb, tenantId: string): Promise<Usage> {
  const now = new Date();
  const question = { tenantId, apiKeyId: null, idempotencyKey: null, now };
  const allowance = await db.withTenant(tenantId, (tx) => readAllowance(tx, question));
  const { rates, imagesPerMonth, imagesThisMonth, classificationsThisMonth } = allowance;
  const left = rates.map(({ imagesPerMinute, fullAt }) => {
    const usedMs = Math.max(0, fullAt - now.getTime());
    return Math.floor(((BURST_MS - usedMs) / BURST_MS) * imagesPerMinute);
  });
  if (imagesPerMonth !== null) left.push(imagesPerMonth - imagesThisMonth);
  return {
    imagesThisMonth,
    classificationsThisMonth,
    resetsAt: nextMonthOf(now),
    imagesLeftNow: left.length === 0 ? null : Math.max(0, Math.min(...left)),
  };
}
