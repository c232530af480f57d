import type { QueryResolvers } from '../../schema/types.generated.ts';

export const models: QueryResolvers['models'] = (_, _args, { services }) => [...services.inference.models];
