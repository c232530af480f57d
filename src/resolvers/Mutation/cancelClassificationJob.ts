import { cancelJob } from '../../bulk/change-job.ts';
import type { MutationResolvers } from '../../schema/types.generated.ts';
import { requireScope } from '../../tenancy/viewer.ts';
import { requireId } from '../require-id.ts';
import { withUserErrors } from '../user-errors.ts';

export const cancelClassificationJob: MutationResolvers['cancelClassificationJob'] = (
  _,
  { input },
  { viewer, services, loaders },
) =>
  withUserErrors(async () => {
    const tenantId = requireScope(viewer, 'CLASSIFY');
    const job = await cancelJob(services, tenantId, requireId('job', input.id, 'id'));
    loaders.clearAll();
    return { job };
  });
