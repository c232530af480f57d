import { readUsageByDay } from '../../metering/read-usage.ts';
import type { QueryResolvers } from '../../schema/types.generated.ts';
import { requireScope } from '../../tenancy/viewer.ts';

export const usage: QueryResolvers['usage'] = (_, query, { viewer, services: { db } }) =>
  readUsageByDay(db, requireScope(viewer, 'ADMIN'), query);
