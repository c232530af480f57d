import type { QueryResolvers } from '../../schema/types.generated.ts';

export const viewer: QueryResolvers['viewer'] = (_, _args, { viewer }) => viewer;
