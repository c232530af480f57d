import { parentPort, workerData } from 'node:worker_threads';
import { findClosestPairs } from './closest-pairs.ts';

const { matrix, dimension, count } = workerData as { matrix: Float32Array; dimension: number; count: number };
// oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread has no origin
parentPort!.postMessage(findClosestPairs(matrix, dimension, count));
