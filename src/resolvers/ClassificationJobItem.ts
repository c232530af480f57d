import type { ItemOutcome } from '../bulk/job-settings.ts';
import type { ClassificationJobItemResolvers, ErrorCode } from '../schema/types.generated.ts';

const DELETED = {
  code: 'NOT_FOUND' as const,
  message: 'The classification has been deleted since: the tenant keeps them no longer.',
};

export const ClassificationJobItem: ClassificationJobItemResolvers = {
  index: ({ position }) => position,
  outcomes: ({ outcomes }, _, { loaders }) =>
    Promise.all(
      ((outcomes ?? []) as unknown as ItemOutcome[]).map(async (outcome) => {
        if ('id' in outcome) return (await loaders.classification.load(outcome.id)) ?? DELETED;
        const { code, message } = outcome.error;
        return { code: code as ErrorCode, message };
      }),
    ),
};
