import type { Services } from '../../context.ts';
import { classifyImages as classify } from '../../classification/classify.ts';
import type { ImageResult } from '../../classification/results.ts';
import type { ImageFormat, MutationResolvers } from '../../schema/types.generated.ts';
import { requirePayer } from '../../tenancy/viewer.ts';
import type { Loaders } from '../loaders.ts';
import { toImageContent } from '../image-content.ts';
import { withUserErrors } from '../user-errors.ts';

export const classifyImages: MutationResolvers['classifyImages'] = (_, { input }, context) =>
  withUserErrors(
    async () => {
      const caller = { ...context, ...requirePayer(context.viewer, 'CLASSIFY') };
      const results = await classify(context.services, caller, {
        images: input.images.map(({ source, reference, metadata }) => ({
          content: toImageContent(source),
          reference: reference ?? null,
          metadata: metadata ?? null,
        })),
        taxonomies: input.taxonomies.map(({ by, version }) => ({ by, version: version ?? null })),
        topK: input.topK,
        minScore: input.minScore ?? null,
        language: input.language ?? null,
        promptLanguage: input.promptLanguage ?? null,
        idempotencyKey: input.idempotencyKey ?? null,
      });
      countOutcomes(results, context.services.metrics);
      return { results: results.map((result) => shapeResult(result, context.loaders)) };
    },
    { results: [] },
  );

function countOutcomes(results: ImageResult[], metrics: Services['metrics']): void {
  for (const outcome of results.flatMap(({ outcomes }) => outcomes)) {
    metrics.countOutcome('error' in outcome ? outcome.error.code : 'OK');
  }
}

/** What was just made need not be read again: the loaders of this request know it. */
function shapeResult({ index, reference, image, outcomes }: ImageResult, loaders: Loaders) {
  return {
    index,
    reference,
    image: image && { ...image, format: image.format as ImageFormat },
    outcomes: outcomes.map((outcome) => {
      if ('error' in outcome) return { code: outcome.error.code, message: outcome.error.message };
      const { classification, predictions } = outcome;
      loaders.classification.prime(classification.id, classification);
      loaders.predictions.prime(classification.id, predictions);
      return classification;
    }),
  };
}
