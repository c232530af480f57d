import { existsSync, readFileSync } from 'node:fs';
import { pino } from 'pino';
import { onTestFinished } from 'vitest';
import { loadModel, startInference } from '../../../../src/inference/index.ts';
import type { Inference, InferenceOptions } from '../../../../src/inference/index.ts';

/** Real children on the given model directories, the default first, stopped when the test ends by `stop`. */
export async function startTestInference(
  directories: string | string[],
  options: Partial<InferenceOptions> = {},
): Promise<Inference> {
  const [first, ...others] = await Promise.all([directories].flat().map(loadModel));
  return startInference({
    models: [first!, ...others],
    modelMemoryBytes: 10_000_000_000,
    executionProviders: ['cpu'],
    maxImageBytes: 10_000_000,
    maxImagePixels: 100_000_000,
    maxQueuedImages: 1_000,
    maxQueuedBytes: 1_000_000_000,
    logger: pino({ level: 'silent' }),
    ...options,
  });
}

/** The same, for one test: stopped when that test ends, however it ends. */
export async function startForThisTest(
  directories: string | string[],
  options: Partial<InferenceOptions> = {},
) {
  const inference = await startTestInference(directories, options);
  onTestFinished(() => inference.stop());
  return inference;
}

/** Whether a process of that id exists. */
export function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}

/** Ids of this process's children where the system tells, else none. */
export function childProcesses(): number[] {
  const list = `/proc/${process.pid}/task/${process.pid}/children`;
  return existsSync(list) ? readFileSync(list, 'utf8').trim().split(' ').map(Number) : [];
}
