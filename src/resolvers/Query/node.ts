import type { QueryResolvers } from '../../schema/types.generated.ts';
import { findNodes } from '../find-nodes.ts';

export const node: QueryResolvers['node'] = async (_, { id }, context) =>
  (await findNodes(context, [id])).at(0) ?? null;
