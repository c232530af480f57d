/** How a model turns logits into scores: over all labels together, or each label by itself. */
export type Activation = 'softmax' | 'sigmoid';

/** One label's result. `index` is its row in the taxonomy matrix. */
export interface ScoredLabel {
  index: number;
  /** Cosine of the two unit vectors, -1 to 1. */
  similarity: number;
  /** `similarity * logitScale + logitBias`. */
  logit: number;
  /** Softmax over all labels, or sigmoid of this one: 0 to 1. */
  score: number;
}

export interface ScoreInput {
  /** [dim], a unit vector. */
  embedding: Float32Array;
  /** [labels, dim], row after row, each a unit vector. */
  matrix: Float32Array;
  labels: number;
  /** The multiplier itself; checkpoints store its logarithm. */
  logitScale: number;
  logitBias: number;
  activation: Activation;
  /** How many labels are returned at most. */
  topK: number;
  /** Leaves out what scores lower. The softmax still runs over every label. */
  minScore?: number;
}

/**
 * Cosine x logitScale + logitBias, softmaxed over ALL labels or squashed one by one; the best `topK`, best first,
 * ties in row order. Throws RangeError when the sizes do not fit. Sources: CLIP, section 3.1.2; SigLIP, section 3.
 */
export function scoreEmbedding(input: ScoreInput): ScoredLabel[] {
  const { matrix, labels, logitScale, logitBias, topK, minScore = 0 } = input;
  const dimension = input.embedding.length;
  if (matrix.length !== labels * dimension) {
    throw new RangeError(
      `A taxonomy matrix of ${labels} labels x ${dimension} has ${labels * dimension} numbers, not ${matrix.length}`,
    );
  }
  const similarities = cosines(input.embedding, matrix, labels);
  const toScore = scoreFunction(similarities, input);
  return topIndices(similarities, topK)
    .map((index) => {
      const similarity = similarities[index]!;
      const logit = similarity * logitScale + logitBias;
      return { index, similarity, logit, score: toScore(logit) };
    })
    .filter(({ score }) => score >= minScore);
}

/** [labels], in float64: summing 512 products in float32 would cost the last digits of a softmax at scale 100. */
function cosines(embedding: Float32Array, matrix: Float32Array, labels: number): Float64Array {
  const dimension = embedding.length;
  const similarities = new Float64Array(labels);
  for (let row = 0, offset = 0; row < labels; row++, offset += dimension) {
    let sum = 0;
    for (let i = 0; i < dimension; i++) sum += embedding[i]! * matrix[offset + i]!;
    similarities[row] = sum;
  }
  return similarities;
}

function scoreFunction(similarities: Float64Array, { activation, logitScale, logitBias }: ScoreInput) {
  if (activation === 'sigmoid') return (logit: number) => sigmoid(logit);
  // With the largest logit subtracted no exponent is above 0, so nothing overflows at any scale.
  let largest = -Infinity;
  for (const similarity of similarities) largest = Math.max(largest, similarity * logitScale + logitBias);
  let total = 0;
  for (const similarity of similarities) total += Math.exp(similarity * logitScale + logitBias - largest);
  return (logit: number) => Math.exp(logit - largest) / total;
}

/** exp() only ever sees a negative number: large logits of either sign stay finite. */
function sigmoid(logit: number): number {
  if (logit >= 0) return 1 / (1 + Math.exp(-logit));
  const power = Math.exp(logit);
  return power / (1 + power);
}

/**
 * Indices of the `count` largest values, largest first: one pass with an insertion list, no sort of everything.
 * The comparison is strict, so that of equal values the lower index comes first.
 */
function topIndices(values: Float64Array, count: number): number[] {
  const size = Math.min(Math.max(0, Math.floor(count)), values.length);
  const best: number[] = [];
  for (let index = 0; index < values.length; index++) {
    const value = values[index]!;
    if (best.length === size && !(size > 0 && value > values[best[size - 1]!]!)) continue;
    let place = Math.min(best.length, size - 1);
    while (place > 0 && value > values[best[place - 1]!]!) {
      best[place] = best[place - 1]!;
      place--;
    }
    best[place] = index;
  }
  return best;
}
