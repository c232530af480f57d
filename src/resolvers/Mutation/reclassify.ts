import { reclassify as begin } from '../../bulk/reclassify.ts';
import type { MutationResolvers, ReclassifySource } from '../../schema/types.generated.ts';
import { requirePayer } from '../../tenancy/viewer.ts';
import { toClassificationFilter } from '../classification-filter.ts';
import { toJobSettings } from '../job-settings.ts';
import { requireId } from '../require-id.ts';
import { withUserErrors } from '../user-errors.ts';

export const reclassify: MutationResolvers['reclassify'] = (_, { input }, { viewer, services, requestId }) =>
  withUserErrors(async () => {
    const owner = { ...requirePayer(viewer, 'CLASSIFY'), requestId };
    const job = await begin(services, owner, { ...toJobSettings(input), from: toSource(input.from) });
    return { job };
  });

/** GraphQL has seen to it that exactly one is given. */
function toSource({ jobId, filter }: ReclassifySource) {
  if (typeof jobId === 'string') return { jobId: requireId('job', jobId, 'from', 'jobId') };
  return { filter: toClassificationFilter(filter!, ['from', 'filter']) };
}
