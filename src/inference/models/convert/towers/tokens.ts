import type { Value } from '../onnx/graph.ts';
import type { Builder } from './builder.ts';

/** How many tokens the texts of a batch have: [1]. */
export function countTokens({ graph }: Builder, ids: Value): Value {
  return graph.add('Shape', [ids], { start: 1, end: 2 });
}

/** The first `count` rows of a table [rows, width]. */
export function firstRows({ graph }: Builder, table: Value, count: Value): Value {
  return graph.add('Slice', [table, graph.integers(0), count, graph.integers(0)]);
}

/** The first token of each text: [batch, width]. */
export function firstToken({ graph }: Builder, x: Value): Value {
  return graph.add('Squeeze', [graph.add('Gather', [x, graph.integers(0)], { axis: 1 }), graph.integers(1)]);
}

/** The token of each text whose place [batch] is given: [batch, width]. */
export function tokenAt({ graph }: Builder, x: Value, places: Value): Value {
  const indices = graph.add('Unsqueeze', [places, graph.integers(1)]);
  return graph.add('GatherND', [x, indices], { batch_dims: 1 });
}

/** Larger than any score, and small enough to be added to one without an infinity. */
const HIDDEN = -1e9;

/** int64 [batch, tokens] of ones and zeros -> what hides the zeros from attention: [batch, 1, 1, tokens]. */
export function hidePadding({ graph }: Builder, mask: Value): Value {
  const numbers = graph.add('Cast', [mask], { to: 1 });
  const hidden = graph.add('Mul', [
    graph.add('Sub', [graph.scalar(1), numbers]),
    graph.scalar(HIDDEN),
  ]);
  return graph.add('Unsqueeze', [hidden, graph.integers(1, 2)]);
}

/** What hides later tokens from earlier ones: [tokens, tokens]. */
export function hideLater({ graph }: Builder, contextLength: number, count: Value): Value {
  const table = graph.weight('causal_mask', 'float32', [contextLength, contextLength], async () => {
    const mask = Float32Array.from({ length: contextLength ** 2 }, (_, i) =>
      i % contextLength > Math.floor(i / contextLength) ? HIDDEN : 0,
    );
    return new Uint8Array(mask.buffer);
  });
  const both = graph.add('Concat', [count, count], { axis: 0 });
  return graph.add('Slice', [table, graph.integers(0, 0), both, graph.integers(0, 1)]);
}
