import { setImmediate as nextTurn } from 'node:timers/promises';
import { newUuid } from '../ids.ts';
import { scoreEmbedding, type ImageEmbedding } from '../inference/index.ts';
import type { ClassifyImagesInput } from './classify-input.ts';
import type { EmbeddedImage } from './embed-images.ts';
import type { ReadImage } from './read-image.ts';
import type { ImageInfo, Timing } from './results.ts';
import type { Target } from './targets.ts';
import type { AppError } from '../errors.ts';

/** What an embedding is scored against: label embeddings, and the model that made them. */
export type ScoreTarget = Pick<Target, 'model' | 'matrix' | 'promptLanguage'>;

/** One image under one target: predictions best first, `labelId` by the rows of the taxonomy matrix. */
export interface Scored<T extends ScoreTarget = Target> {
  id: string;
  target: T;
  /** [dimension]: what was scored. */
  embedding: Float32Array;
  timing: Timing;
  predictions: { labelId: string; similarity: number; score: number; promptLanguage: string }[];
}

export interface ScoredImage<T extends ScoreTarget = Target> {
  reference: string | null;
  metadata: Record<string, unknown> | null;
  image: ImageInfo | null;
  outcomes: (Scored<T> | { error: AppError })[];
}

type ScoreInput = Pick<ClassifyImagesInput, 'images' | 'topK' | 'minScore'>;

/** Scores every embedding against its target. Other requests get their turn between two of them. */
export async function scoreImages<T extends ScoreTarget>({
  input,
  images,
  targets,
  embeddings,
}: {
  input: ScoreInput;
  images: ReadImage[];
  targets: T[];
  embeddings: EmbeddedImage[][];
}): Promise<ScoredImage<T>[]> {
  const results: ScoredImage<T>[] = [];
  for (const [index, { reference, metadata }] of input.images.entries()) {
    const outcomes: ScoredImage<T>['outcomes'] = [];
    let info: ImageInfo | null = null;
    for (const [column, target] of targets.entries()) {
      const embedded = embeddings[index]![column]!;
      const read = images[index]!;
      if ('error' in embedded || 'error' in read) {
        outcomes.push('error' in embedded ? embedded : (read as { error: AppError }));
        continue;
      }
      info ??= { sha256: read.sha256, ...embedded.image };
      outcomes.push(scoreTarget(embedded, target, input, read.readAt));
      await nextTurn();
    }
    results.push({ reference, metadata, image: info, outcomes });
  }
  return results;
}

function scoreTarget<T extends ScoreTarget>(
  { embedding, timing }: ImageEmbedding,
  target: T,
  { topK, minScore }: ScoreInput,
  readAt: number,
): Scored<T> {
  const { model, matrix, promptLanguage } = target;
  const startedAt = performance.now();
  const best = scoreEmbedding({
    embedding,
    matrix: matrix.data,
    labels: matrix.labelIds.length,
    logitScale: model.logitScale,
    logitBias: model.logitBias,
    activation: model.activation,
    topK,
    minScore: minScore ?? 0,
  });
  const endedAt = performance.now();
  return {
    id: newUuid(),
    target,
    embedding,
    timing: { ...timing, scoreMs: endedAt - startedAt, totalMs: endedAt - readAt },
    predictions: best.map(({ index, similarity, score }) => ({
      labelId: matrix.labelIds[index]!,
      similarity,
      score,
      promptLanguage: matrix.fallbacks[index] ?? promptLanguage,
    })),
  };
}
