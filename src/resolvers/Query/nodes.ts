import { AppError } from '../../errors.ts';
import type { QueryResolvers } from '../../schema/types.generated.ts';
import { findNodes } from '../find-nodes.ts';

const MAX_IDS = 100;

export const nodes: QueryResolvers['nodes'] = (_, { ids }, context) => {
  if (ids.length > MAX_IDS) {
    throw new AppError('INVALID_INPUT', {
      message: `'ids' takes at most ${MAX_IDS} ids; got ${ids.length}.`,
      path: ['ids'],
    });
  }
  return findNodes(context, ids);
};
