import { topics } from '../../changes/topics.ts';
import type { ClassificationJob } from '../../database/generated/client.ts';
import { AppError } from '../../errors.ts';
import type { SubscriptionResolvers } from '../../schema/types.generated.ts';
import { requireScope } from '../../tenancy/viewer.ts';
import { followRow } from '../follow-row.ts';
import { requireId } from '../require-id.ts';

export const classificationJobProgress: SubscriptionResolvers['classificationJobProgress'] = {
  subscribe: (_, args, context) => {
    const tenantId = requireScope(context.viewer, 'CLASSIFY');
    const id = requireId('job', args.id);
    return followRow<ClassificationJob>(context, {
      tenantId,
      topic: topics.job(tenantId, id),
      async read(tx) {
        const job = await tx.classificationJob.findUnique({ where: { tenantId_id: { tenantId, id } } });
        if (job) return job;
        throw new AppError('NOT_FOUND', { message: 'There is no classification job with this id.' });
      },
      isSettled: ({ state }) => state !== 'RUNNING',
    });
  },
  resolve: (job: ClassificationJob) => job,
};
