/**
 * Shared inference: every image and text of every tenant becomes a unit vector here, in supervised child
 * processes. Knows no Prisma, no GraphQL and no tenant row; a tenant id is only the key of a fair turn.
 */
export { startInference } from './start-inference.ts';
export { createImageLoader } from './image-loader.ts';
export { loadModel } from './models/model.ts';
export { loadModels } from './models/load-models.ts';
export { listModels } from './models/store/list-models.ts';
export { scoreEmbedding } from './score.ts';
export type {
  ImageEmbedding,
  ImageRequest,
  Inference,
  InferenceObserver,
  InferenceOptions,
  InferenceStats,
  ModelStatus,
  TextEmbeddings,
  TextRequest,
} from './inference.ts';
export type { ImageSlot } from './admission.ts';
export type { Model } from './models/model.ts';
export type { Preprocessing } from './models/preprocessing.ts';
export type { Activation, ScoredLabel, ScoreInput } from './score.ts';
