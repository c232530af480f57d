import { describe, expect, it } from 'vitest';
import { scoreEmbedding } from '../../../src/inference/index.ts';
import type { Activation, ScoreInput } from '../../../src/inference/index.ts';

/** Numbers from -1 to 1, the same in every run. */
function seeded(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 31 - 1;
  };
}

function unitVector(dimension: number, next: () => number): Float32Array {
  const vector = Float32Array.from({ length: dimension }, next);
  const norm = Math.hypot(...vector);
  return vector.map((value) => value / norm);
}

function randomInput(labels: number, settings: Partial<ScoreInput> = {}): ScoreInput {
  const next = seeded(labels + 1);
  const matrix = new Float32Array(labels * 32);
  for (let row = 0; row < labels; row++) matrix.set(unitVector(32, next), row * 32);
  const common = { logitScale: 100, logitBias: 0, activation: 'softmax' as Activation, topK: 5 };
  return { embedding: unitVector(32, next), matrix, labels, ...common, ...settings };
}

/** One label each with the given similarities: a matrix of one column. */
function withSimilarities(similarities: number[], settings: Partial<ScoreInput> = {}): ScoreInput {
  const matrix = Float32Array.from(similarities);
  const common = { logitScale: 1, logitBias: 0, activation: 'softmax' as Activation, topK: 100 };
  return { embedding: Float32Array.of(1), matrix, labels: similarities.length, ...common, ...settings };
}

/** Rows 1, 3 and 4 tie for the best, rows 0 and 2 for the next place. */
function tieOrder(topK: number): number[] {
  const input = withSimilarities([0.2, 0.9, 0.2, 0.9, 0.9, 0.1], { topK });
  return scoreEmbedding(input).map(({ index }) => index);
}

/** The textbook formulas, with a sort of everything. */
function naive({ embedding, matrix, labels, logitScale, logitBias, activation, topK }: ScoreInput) {
  const similarities = Array.from({ length: labels }, (_, row) =>
    embedding.reduce((sum, value, i) => sum + value * matrix[row * embedding.length + i]!, 0),
  );
  const logits = similarities.map((similarity) => similarity * logitScale + logitBias);
  const exponentials = logits.map((logit) => Math.exp(logit));
  const total = exponentials.reduce((a, b) => a + b, 0);
  return logits
    .map((logit, index) => ({
      index,
      similarity: similarities[index]!,
      logit,
      score: activation === 'softmax' ? exponentials[index]! / total : 1 / (1 + Math.exp(-logit)),
    }))
    .toSorted((a, b) => b.logit - a.logit || a.index - b.index)
    .slice(0, topK);
}

describe('scoreEmbedding', () => {
  it.each([
    ['softmax', 1, 0],
    ['softmax', 100, 0],
    ['softmax', 14.3, -2],
    ['sigmoid', 112.67, -16.772],
  ] as const)('agrees with the formula: %s, scale %d, bias %d', (activation, logitScale, logitBias) => {
    for (const labels of [1, 2, 37, 1_000]) {
      const input = randomInput(labels, { activation, logitScale, logitBias });
      const expected = naive(input);
      const scored = scoreEmbedding(input);
      expect(scored.map(({ index }) => index)).toEqual(expected.map(({ index }) => index));
      for (const [i, { similarity, logit, score }] of scored.entries()) {
        expect(similarity).toBeCloseTo(expected[i]!.similarity, 12);
        expect(logit).toBeCloseTo(expected[i]!.logit, 10);
        expect(score).toBeCloseTo(expected[i]!.score, 12);
      }
    }
  });

  it('takes the softmax over all labels, not over the best ones', () => {
    const input = randomInput(50);
    const all = scoreEmbedding({ ...input, topK: 50 });
    expect(all.reduce((sum, { score }) => sum + score, 0)).toBeCloseTo(1, 12);
    expect(scoreEmbedding({ ...input, topK: 3 })).toEqual(all.slice(0, 3));
  });

  it.each(['softmax', 'sigmoid'] as const)('does not overflow with huge logits: %s', (activation) => {
    const scored = scoreEmbedding(withSimilarities([1, 0.5, -1], { logitScale: 1e6, activation }));
    for (const { score } of scored) expect(score).toSatisfy(Number.isFinite);
    expect(scored[0]!.score).toBe(1);
    expect(scored[2]!.score).toBe(0);
  });

  it('uses the scale that it is given', () => {
    const [best] = scoreEmbedding(withSimilarities([0.5, 0], { logitScale: 4 }));
    expect(best).toMatchObject({ index: 0, logit: 2 });
    expect(best!.score).toBeCloseTo(1 / (1 + Math.exp(-2)), 12);
  });

  it('keeps the order of rows among ties', () => {
    expect(tieOrder(6)).toEqual([1, 3, 4, 0, 2, 5]);
    expect(tieOrder(2)).toEqual([1, 3]);
    expect(tieOrder(4)).toEqual([1, 3, 4, 0]);
  });

  it('returns every label when topK is larger than their number', () => {
    expect(scoreEmbedding(randomInput(3, { topK: 1_000 }))).toHaveLength(3);
  });

  it('returns nothing for no labels and for topK 0', () => {
    expect(scoreEmbedding(withSimilarities([]))).toEqual([]);
    expect(scoreEmbedding(withSimilarities([0.5], { topK: 0 }))).toEqual([]);
  });

  it('leaves out what scores below minScore, and keeps what scores exactly that', () => {
    const scored = scoreEmbedding(withSimilarities([0, 0, -50], { minScore: 0.5 }));
    expect(scored.map(({ index }) => index)).toEqual([0, 1]);
  });

  it('refuses a matrix that does not fit the embedding', () => {
    expect(() => scoreEmbedding({ ...randomInput(3), labels: 4 })).toThrow(/128 numbers, not 96/);
  });
});
