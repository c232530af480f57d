import { previewImages as preview, type Preview } from '../../classification/preview.ts';
import { AppError } from '../../errors.ts';
import { toUuid } from '../../ids.ts';
import type { ImageFormat, MutationResolvers } from '../../schema/types.generated.ts';
import { requirePayer } from '../../tenancy/viewer.ts';
import { toImageContent } from '../image-content.ts';
import { withUserErrors } from '../user-errors.ts';

export const previewImages: MutationResolvers['previewImages'] = (_, { input }, context) =>
  withUserErrors(
    async () => {
      const caller = { ...context, ...requirePayer(context.viewer, 'TAXONOMY_WRITE') };
      const taxonomyId = toUuid('taxonomy', input.taxonomyId);
      if (taxonomyId === null) {
        throw new AppError('NOT_FOUND', { message: 'There is no such taxonomy.', path: ['taxonomyId'] });
      }
      const previewed = await preview(context.services, caller, {
        taxonomyId,
        images: input.images.map(({ source, reference, metadata }) => ({
          content: toImageContent(source),
          reference: reference ?? null,
          metadata: metadata ?? null,
        })),
        topK: input.topK,
        promptLanguage: input.promptLanguage ?? null,
      });
      return shapePreview(previewed);
    },
    { results: [] },
  );

function shapePreview({ draft, images }: Preview) {
  const { revision, promptLanguage, embeddedPrompts, cachedPrompts } = draft;
  const labels = new Map(draft.labels.map((label) => [label.id, label]));
  const results = images.map(({ reference, image, outcome }, index) => ({
    index,
    reference,
    image: image && { ...image, format: image.format as ImageFormat },
    outcome:
      'error' in outcome
        ? { code: outcome.error.code, message: outcome.error.message }
        : {
            timing: outcome.timing,
            predictions: outcome.predictions.map(({ labelId, ...scores }) => ({
              ...scores,
              label: labels.get(labelId)!,
            })),
          },
  }));
  return { results, draftRevision: revision, promptLanguage, embeddedPrompts, cachedPrompts };
}
