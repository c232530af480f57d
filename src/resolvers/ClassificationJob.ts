import { estimateMs, findItems } from '../bulk/find-jobs.ts';
import { AppError } from '../errors.ts';
import { toId } from '../ids.ts';
import type { ClassificationJobResolvers } from '../schema/types.generated.ts';
import { toConnection, toPage } from './connection.ts';

export const ClassificationJob: ClassificationJobResolvers = {
  id: ({ id }) => toId('job', id),
  counts: async ({ id, itemCount }, _, { loaders }) => {
    const counts = (await loaders.jobCounts.load(id))!;
    return { total: itemCount, ...counts };
  },
  progress: async ({ id, itemCount }, _, { loaders }) =>
    1 - (await loaders.jobCounts.load(id))!.pending / itemCount,
  etaMs: async (job, _, { loaders }) => estimateMs(job, (await loaders.jobCounts.load(job.id))!, new Date()),
  items: async (job, args, { services }) => {
    const page = toPage(args);
    const window = { ...page, cursor: page.cursor === null ? null : toPosition(page.cursor) };
    const state = args.filter?.state ?? undefined;
    const rows = await services.db.withTenant(job.tenantId, (tx) => findItems(tx, job, state, window));
    return toConnection(rows, page, ({ position }) => String(position));
  },
  downloadUrl: ({ tenantId, id: jobId }, { format }, { services: { jobLinks, config } }) => {
    const { publicUrl, basePath } = config;
    return `${publicUrl ?? basePath}/downloads/results/${jobLinks.sign({ tenantId, jobId, format })}`;
  },
};

function toPosition(cursor: string): number {
  if (/^\d{1,6}$/.test(cursor)) return Number(cursor);
  const message = 'A cursor must be one of this list, as the API gave it.';
  throw new AppError('INVALID_INPUT', { message, path: ['after'] });
}
