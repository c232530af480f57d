import { afterEach, describe, expect, it, vi } from 'vitest';
import { AppError } from '../../../src/errors.ts';
import { Batcher } from '../../../src/inference/batcher.ts';
import { manualExecutor, settle } from './support/manual-executor.ts';

const reason = new Error('the runtime said no');
const unavailable = () => new AppError('MODEL_NOT_AVAILABLE', { message: 'no encoder' });

afterEach(() => {
  vi.useRealTimers();
});

describe('a batcher', () => {
  it('sends an item at once when a child is idle', () => {
    const { submit, runs } = manualExecutor();
    void submit('a1');
    expect(runs[0]!.payloads).toEqual(['a1']);
  });

  it('collects a full batch while every child is busy', async () => {
    const { submit, runs, batcher } = manualExecutor({ maxBatchSize: 4 });
    for (const name of ['a1', 'a2', 'a3', 'a4', 'a5', 'a6']) void submit(name);
    expect(runs).toHaveLength(1);
    expect(batcher.waiting).toBe(5);
    await runs[0]!.finish();
    expect(runs[0]!.payloads).toEqual(['a2', 'a3', 'a4', 'a5']);
    await runs[0]!.finish();
    expect(runs[0]!.payloads).toEqual(['a6']);
  });

  it('uses every idle child', () => {
    const { submit, runs } = manualExecutor({ children: 2 });
    for (const name of ['a1', 'a2', 'a3']) void submit(name);
    expect(runs.map(({ payloads }) => payloads)).toEqual([['a1'], ['a2']]);
  });

  it('gives each caller its own result, with the size of its batch', async () => {
    const { submit, runs } = manualExecutor();
    const first = submit('a1');
    const others = [submit('a2'), submit('b1')];
    await runs[0]!.finish();
    await runs[0]!.finish();
    expect(await first).toMatchObject({ result: 'A1', batchSize: 1 });
    // b had no turn yet, but a came first.
    expect(await Promise.all(others)).toMatchObject([
      { result: 'A2', batchSize: 2 },
      { result: 'B1', batchSize: 2 },
    ]);
  });

  it('fills a batch turn by turn from the tenants that wait', async () => {
    const { submit, runs } = manualExecutor({ maxBatchSize: 4 });
    for (const name of ['a0', 'a1', 'a2', 'a3', 'a4', 'a5', 'b1', 'c1']) void submit(name);
    await runs[0]!.finish();
    expect(runs[0]!.payloads).toEqual(['a1', 'b1', 'c1', 'a2']);
  });
});

describe('an item that no longer waits', () => {
  it('is rejected by its signal at once and never reaches the model', async () => {
    const { submit, runs } = manualExecutor();
    void submit('a0');
    const abort = new AbortController();
    const aborted = submit('a1', { signal: abort.signal });
    const kept = submit('a2');
    abort.abort(reason);
    await expect(aborted).rejects.toBe(reason);
    await runs[0]!.finish();
    expect(runs[0]!.payloads).toEqual(['a2']);
    await runs[0]!.finish();
    await expect(kept).resolves.toMatchObject({ result: 'A2' });
  });

  it('is not even queued when its signal is aborted already', async () => {
    const { submit, runs } = manualExecutor();
    await expect(submit('a1', { signal: AbortSignal.abort(reason) })).rejects.toBe(reason);
    expect(runs).toHaveLength(0);
  });

  it('fails at its deadline, though nothing has become free', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'Date'] });
    const { submit, runs, batcher } = manualExecutor();
    void submit('a0');
    const late = submit('a1', { deadlineAt: Date.now() + 500 });
    vi.advanceTimersByTime(499);
    expect(batcher.waiting).toBe(1);
    vi.advanceTimersByTime(1);
    await expect(late).rejects.toMatchObject({ code: 'DEADLINE_EXCEEDED' });
    await runs[0]!.finish();
    expect(runs).toHaveLength(0);
  });

  it('fails at once when its deadline has passed before it came', async () => {
    const { submit, runs } = manualExecutor();
    await expect(submit('a1', { deadlineAt: Date.now() - 1 })).rejects.toMatchObject({
      code: 'DEADLINE_EXCEEDED',
    });
    expect(runs).toHaveLength(0);
  });

  it('is not tried again when its batch fails after it was aborted', async () => {
    const { submit, runs } = manualExecutor();
    const abort = new AbortController();
    const aborted = submit('a1', { signal: abort.signal });
    abort.abort(reason);
    await runs[0]!.fail(new Error('batch failed'));
    expect(runs).toHaveLength(0);
    await expect(aborted).rejects.toBe(reason);
  });
});

describe('a failed batch', () => {
  it('is tried once more item by item, and only the bad item fails', async () => {
    const { submit, runs } = manualExecutor();
    void submit('a0');
    const [good, bad, alsoGood] = [submit('a1'), submit('a2'), submit('b1')];
    await runs[0]!.finish();
    expect(runs[0]!.payloads).toHaveLength(3);
    await runs[0]!.fail(reason);
    while (runs[0]) await (runs[0].payloads.includes('a2') ? runs[0].fail(reason) : runs[0].finish());
    await expect(good).resolves.toMatchObject({ result: 'A1', batchSize: 1 });
    await expect(alsoGood).resolves.toMatchObject({ result: 'B1', batchSize: 1 });
    await expect(bad).rejects.toMatchObject({ code: 'INTERNAL', cause: reason });
  });

  it('is not tried again when its only item was found to be bad', async () => {
    const { submit, runs } = manualExecutor();
    const verdict = new AppError('IMAGE_CORRUPT', { message: 'damaged' });
    const bad = submit('a1');
    await runs[0]!.fail(verdict);
    await expect(bad).rejects.toBe(verdict);
    expect(runs).toHaveLength(0);
  });

  it('does not hang its callers when the results are too few', async () => {
    const short = new Batcher<string, string>({
      maxBatchSize: () => 4,
      run: async () => [],
      giveUp: (cause) => new AppError('INTERNAL', { message: 'failed twice', cause }),
    });
    const submitted = short.submit({ tenantId: 'a', modelId: 'm', payload: 'a1' });
    await short.dispatch();
    await short.dispatch();
    await expect(submitted).rejects.toMatchObject({ code: 'INTERNAL' });
  });
});

describe('when nothing can be started', () => {
  it('rejects every waiting item, and new ones until a child is back', async () => {
    const { executor, submit, batcher, runs } = manualExecutor({ children: 0 });
    const waiting = ['a1', 'a2', 'b1'].map((name) => submit(name));
    batcher.refuse(unavailable);
    for (const item of [...waiting, submit('a3')]) {
      await expect(item).rejects.toMatchObject({ code: 'MODEL_NOT_AVAILABLE' });
    }
    batcher.accept();
    executor.children = 1;
    const accepted = submit('a4');
    await runs[0]!.finish();
    await expect(accepted).resolves.toMatchObject({ result: 'A4' });
  });

  it('rejects what was in a batch too, instead of queueing it again', async () => {
    const { submit, batcher, runs } = manualExecutor();
    const inBatch = submit('a1');
    batcher.refuse(unavailable);
    await runs[0]!.fail(reason);
    await expect(inBatch).rejects.toMatchObject({ code: 'MODEL_NOT_AVAILABLE' });
  });

  it('keeps items waiting while a child is only being restarted', async () => {
    const { executor, submit, runs } = manualExecutor({ children: 0 });
    const patient = submit('a1');
    await settle();
    expect(runs).toHaveLength(0);
    executor.children = 1;
    executor.pump();
    await runs[0]!.finish();
    await expect(patient).resolves.toMatchObject({ result: 'A1' });
  });
});

it('shares a child between images and texts turn by turn', async () => {
  const { lanes } = manualExecutor({ batchers: 2, maxBatchSize: 2 });
  const [images, texts] = [lanes[0]!, lanes[1]!];
  for (const name of ['a0', 'a1', 'a2', 'a3', 'a4']) void images.submit(name);
  for (const name of ['t1', 't2', 't3']) void texts.submit(name);
  const order: string[][] = [];
  for (let next; (next = images.runs[0] ?? texts.runs[0]); await next.finish()) order.push(next.payloads);
  expect(order).toEqual([['a0'], ['t1', 't2'], ['a1', 'a2'], ['t3'], ['a3', 'a4']]);
});
