import { AppError } from '../../../../src/errors.ts';
import { Batcher } from '../../../../src/inference/batcher.ts';
import { Dispatcher } from '../../../../src/inference/dispatcher.ts';
import type { BatchItem, Batched } from '../../../../src/inference/batcher.ts';

/** A batch that a test ends by hand. */
export interface ManualRun {
  payloads: string[];
  finish(): Promise<void>;
  fail(error: Error): Promise<void>;
}

export interface ManualBatcher {
  batcher: Batcher<string, string>;
  /** Batches in progress, oldest first; each leaves the list when it ends. */
  runs: ManualRun[];
  /** Names begin with the tenant: `a1` is tenant a's. */
  submit(name: string, item?: Partial<BatchItem<string>>): Promise<Batched<string>>;
}

/** Lets promises that are due settle. */
export const settle = () => new Promise<void>((resolve) => setImmediate(resolve));

/** Batchers on as many fake children as asked for; nothing ends but by the test's hand. */
export function manualExecutor({ children = 1, maxBatchSize = 4, batchers: count = 1 } = {}) {
  const executor = { children, busy: 0, pump: () => {} };
  const lanes: ManualBatcher[] = [];
  for (let i = 0; i < count; i++) {
    const runs: ManualRun[] = [];
    const batcher = new Batcher<string, string>({
      maxBatchSize: () => maxBatchSize,
      giveUp: (cause) => new AppError('INTERNAL', { message: 'failed twice', cause }),
      run: (payloads) => {
        executor.busy++;
        return new Promise((resolve, reject) => {
          const end = (how: () => void) => {
            runs.splice(runs.indexOf(run), 1);
            executor.busy--;
            how();
            return settle();
          };
          const run: ManualRun = {
            payloads,
            finish: () => end(() => resolve(payloads.map((payload) => payload.toUpperCase()))),
            fail: (error) => end(() => reject(error)),
          };
          runs.push(run);
        });
      },
    });
    const submit: ManualBatcher['submit'] = (name, item) => {
      const submitted = batcher.submit({ tenantId: name[0]!, modelId: 'm', payload: name, ...item });
      // Tests look at rejections later than they happen.
      submitted.catch(() => {});
      return submitted;
    };
    lanes.push({ batcher, runs, submit });
  }
  const dispatcher = new Dispatcher({
    slots: Infinity,
    lanes: lanes.map(({ batcher }) => ({
      get waiting() {
        return batcher.waiting;
      },
      get idle() {
        return executor.children - executor.busy;
      },
      dispatch: () => batcher.dispatch(),
    })),
  });
  executor.pump = () => dispatcher.pump();
  for (const { batcher } of lanes) batcher.onWaiting = () => dispatcher.pump();
  return { executor, lanes, ...lanes[0]! };
}
