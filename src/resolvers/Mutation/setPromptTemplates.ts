import type { MutationResolvers } from '../../schema/types.generated.ts';
import { setPromptTemplates as set } from '../../taxonomy/prompt-templates.ts';
import { mutateTaxonomy, toDraftEdit } from '../taxonomy-mutation.ts';

export const setPromptTemplates: MutationResolvers['setPromptTemplates'] = (_, { input }, context) =>
  mutateTaxonomy(context, async (services, tenantId) => {
    const edit = { ...toDraftEdit(input), promptTemplates: input.promptTemplates };
    const { taxonomy } = await set(services, tenantId, edit);
    return { taxonomy };
  });
