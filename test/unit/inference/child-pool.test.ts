import { pino } from 'pino';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { ChildPool } from '../../../src/inference/child-pool.ts';
import { ChildDiedError } from '../../../src/inference/supervised-child.ts';
import { isAlive } from './support/inference.ts';
import type { Command, StartCommand } from './support/obedient-child.ts';

type Pool = ChildPool<StartCommand, string, Command, string>;

function createPool({ size = 1, setup = () => 'start' as StartCommand, taskTimeoutMs = 20_000 } = {}) {
  const restarts: string[] = [];
  const pool: Pool = new ChildPool({
    name: 'encoder',
    module: new URL('./support/obedient-child.ts', import.meta.url),
    size,
    setup,
    taskTimeoutMs,
    logger: pino({ level: 'silent' }),
    onRestart: (reason) => restarts.push(reason),
    onChange: () => {},
  });
  onTestFinished(() => pool.stop());
  return { pool, restarts };
}

/** Resolves when as many children are idle. */
const idle = (pool: Pool, count = 1) => vi.waitFor(() => expect(pool.idle).toBe(count), { timeout: 20_000 });

describe('a pool of children', () => {
  it('is ready when its first child is, and fills up', async () => {
    const { pool } = createPool({ size: 2 });
    expect(pool.state).toBe('STARTING');
    await pool.start();
    expect(pool.state).toBe('READY');
    await idle(pool, 2);
    expect(new Set(pool.pids).size).toBe(2);
  });

  it('gives each child one task at a time', async () => {
    const { pool } = createPool({ size: 2 });
    await pool.start();
    await idle(pool, 2);
    const answers = [pool.run('echo'), pool.run('echo')];
    expect(pool.idle).toBe(0);
    const pids = (await Promise.all(answers)).map((answer) => Number(answer.split(' ').at(-1)));
    expect(new Set(pids)).toEqual(new Set(pool.pids));
  });

  it('carries errors over: a verdict with its code, a mistake without', async () => {
    const { pool, restarts } = createPool();
    await pool.start();
    await expect(pool.run('refuse')).rejects.toMatchObject({ code: 'IMAGE_CORRUPT', details: { at: 7 } });
    await expect(pool.run('throw')).rejects.toThrow('TypeError: a mistake of ours');
    await expect(pool.run('echo')).resolves.toMatch(/^echo/);
    expect(restarts).toEqual([]);
  });

  it('rejects the task of a child that dies, and replaces the child', async () => {
    const { pool, restarts } = createPool();
    await pool.start();
    const [first] = pool.pids;
    await expect(pool.run('die')).rejects.toThrow(ChildDiedError);
    expect(pool.state).toBe('STARTING');
    await idle(pool);
    expect(pool.pids).not.toContain(first);
    expect(restarts).toEqual(['SIGKILL']);
    await expect(pool.run('echo')).resolves.toMatch(/^echo/);
  });

  it('kills a child that overruns its time, and that task alone fails', async () => {
    const { pool } = createPool({ taskTimeoutMs: 300 });
    await pool.start();
    const [first] = pool.pids;
    await expect(pool.run('hang')).rejects.toMatchObject({
      code: 'DEADLINE_EXCEEDED',
      message: expect.stringContaining('300 ms'),
    });
    await idle(pool);
    expect(isAlive(first!)).toBe(false);
    await expect(pool.run('echo')).resolves.toMatch(/^echo/);
  });

  it('replaces a child that dies while it is idle', async () => {
    const { pool, restarts } = createPool();
    await pool.start();
    process.kill(pool.pids[0]!, 'SIGKILL');
    await vi.waitFor(() => expect(restarts).toHaveLength(1));
    await idle(pool);
    await expect(pool.run('echo')).resolves.toMatch(/^echo/);
  });

  it('ends children that hang, at once, and rejects their tasks', async () => {
    const { pool, restarts } = createPool();
    await pool.start();
    const hanging = pool.run('hang').catch((error: unknown) => error);
    const { pids } = pool;
    await pool.stop();
    expect(await hanging).toBeInstanceOf(ChildDiedError);
    expect(pids.filter(isAlive)).toEqual([]);
    expect(restarts).toEqual([]);
  });
});

describe('a pool that cannot start', () => {
  it('rejects at once with the reason that a child found', async () => {
    const { pool } = createPool({ setup: () => 'fail for good' });
    await expect(pool.start()).rejects.toMatchObject({
      code: 'MODEL_NOT_AVAILABLE',
      message: 'the file is broken',
    });
  });

  it.each([
    ['die', /ended while it started: SIGKILL/],
    ['fail', /not today/],
  ] as const)('tries three times when a child may be unlucky: %s', async (setup, message) => {
    const { pool, restarts } = createPool({ setup: () => setup });
    await expect(pool.start()).rejects.toThrow(message);
    expect(pool.state).toBe('FAILED');
    expect(restarts.length).toBe(3);
  });

  it('goes on trying, and recovers when the reason is gone', async () => {
    let setup: StartCommand = 'start';
    const { pool } = createPool({ setup: () => setup });
    await pool.start();
    setup = 'fail';
    process.kill(pool.pids[0]!, 'SIGKILL');
    await vi.waitFor(() => expect(pool.state).toBe('FAILED'), { timeout: 20_000 });
    expect(pool.lastFailure?.message).toContain('not today');
    setup = 'start';
    await idle(pool);
    expect(pool.state).toBe('READY');
  });
});
