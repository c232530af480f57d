import { describe, expect, it, vi } from 'vitest';
import { ConnectionTurns } from '../../../src/tenancy/connection-turns.ts';

/** Transactions that end when the test says so, in the order in which they began. */
function makeTurns(poolSize: number) {
  const turns = new ConnectionTurns({ poolSize, maxWaitMs: 2_000 });
  const begun: string[] = [];
  const ends: (() => void)[] = [];
  const run = (tenant: string) =>
    turns.run(tenant, () => {
      begun.push(tenant);
      return new Promise<void>((end) => ends.push(end));
    });
  const endOne = async () => {
    ends.shift()!();
    await new Promise(setImmediate);
  };
  return { turns, begun, run, endOne };
}

describe('the connections of the pool', () => {
  it('go to tenants in turn, however many transactions of one wait', async () => {
    const { begun, run, endOne } = makeTurns(2);
    const all = [
      ...Array.from({ length: 10 }, () => run('flooding')),
      run('modest'),
      run('other'),
      run('modest'),
    ];
    expect(begun).toEqual(['flooding', 'flooding']);
    for (let i = 0; i < all.length; i += 1) await endOne();
    await Promise.all(all);
    expect(begun.slice(2, 8)).toEqual(['flooding', 'modest', 'other', 'flooding', 'modest', 'flooding']);
    expect(begun).toHaveLength(13);
  });

  it('are given back by work that fails', async () => {
    const { turns } = makeTurns(1);
    await expect(turns.run('a', () => Promise.reject(new RangeError('mine')))).rejects.toThrow(RangeError);
    expect(await turns.run('a', async () => 'next')).toBe('next');
  });

  it('are OVERLOADED for who waits too long, and nobody is left waiting for nothing', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    const { begun, run, endOne } = makeTurns(1);
    const holding = run('a');
    const late = run('b').catch((error: unknown) => error);
    await vi.advanceTimersByTimeAsync(2_000);
    expect(await late).toMatchObject({ code: 'OVERLOADED', retryAfterMs: 1_000 });
    vi.useRealTimers();
    await endOne();
    await holding;
    const next = run('c');
    await endOne();
    await next;
    expect(begun).toEqual(['a', 'c']);
  });
});
