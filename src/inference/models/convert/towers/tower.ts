import { refusal } from '../checkpoint/refuse.ts';
import type { Graph } from '../onnx/graph.ts';
import type { TowerConfig } from './tower-config.ts';
import type { TowerWeights } from './tower-weights.ts';

/** A graph that is ready to be written, and what its vectors depend on beside the weights. */
export interface Tower {
  graph: Graph;
  dimension: number;
  contextLength: number | undefined;
  /** What it takes: pictures of that size; or texts of that many tokens, or up to so many. */
  input:
    | { kind: 'pixels'; width: number; height: number }
    | { kind: 'ids'; vocabulary: number; length: number | { most: number }; ends: [first: number, last: number] };
  /** Whatever makes another function of equal weights. */
  shape: Record<string, unknown>;
}

/** Layers, heads and width: counted in the weights, and refused where the configuration says otherwise. */
export function checkLayers(weights: TowerWeights, prefix: string, width: number, config: TowerConfig) {
  const layers = weights.countLayers(prefix);
  const heads = config.heads(width);
  const expect = (what: string, found: number, expected: number | undefined) => {
    if (expected === undefined || found === expected) return;
    const remedy = 'Take config and weights from one model.';
    throw refusal(weights.file, `its ${what} is ${found}, and the config says ${expected}`, remedy);
  };
  expect('width', width, config.width);
  expect('number of layers', layers, config.layers);
  if (layers === 0 || ![heads, width / heads].every(Number.isInteger)) {
    throw refusal(weights.file, `${layers} layers of width ${width} with ${heads} heads are no tower`);
  }
  return { layers, heads };
}
