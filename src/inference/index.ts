/**
 * Shared inference: every image and text of every tenant becomes a unit vector here, in supervised child
 * processes. Knows no Prisma, no GraphQL and no tenant row; a tenant id is only the key of a fair turn.
 */
export { startInference } from './start-inference.ts';
export type {
  Inference,
  InferenceOptions,
  ImageSlot,
  ImageEmbedding,
  TextEmbedding,
} from './start-inference.ts';
export type { Model } from './models/model.ts';
export { scoreEmbedding } from './score.ts';
export type { ScoredLabel } from './score.ts';
