import { describe, expect, it } from 'vitest';
import { Gate } from '../../../src/outbound/gate.ts';

const { signal } = new AbortController();

/** Counts who is inside at once; each stays until `letOut` is called for it. */
function watch(gate: Gate) {
  const inside: string[] = [];
  const leave: (() => void)[] = [];
  return {
    inside,
    leave,
    async enter(key: string) {
      const out = await gate.enter(key, signal);
      inside.push(key);
      leave.push(out);
    },
  };
}

const settle = () => new Promise((resolve) => setImmediate(resolve));

describe('a gate', () => {
  it('lets no more in than there is room for, and no key take all of it', async () => {
    const { inside, leave, enter } = watch(new Gate({ total: 3, perKey: 2, maxPerKey: 10 }));
    for (const key of ['a', 'a', 'a', 'b', 'b']) void enter(key);
    await settle();
    expect(inside).toEqual(['a', 'a', 'b']);
    leave[0]!();
    await settle();
    expect(inside).toEqual(['a', 'a', 'b', 'a']);
    for (const out of leave.splice(1)) out();
    await settle();
    expect(inside).toEqual(['a', 'a', 'b', 'a', 'b']);
  });

  it('lets a key that comes late in before those that have their share, however many wait', async () => {
    const { inside, leave, enter } = watch(new Gate({ total: 4, perKey: 2, maxPerKey: 100 }));
    for (let count = 0; count < 50; count += 1) for (const key of ['a', 'b']) void enter(key);
    void enter('late');
    await settle();
    expect(inside.toSorted()).toEqual(['a', 'a', 'b', 'b']);
    leave[0]!();
    await settle();
    expect(inside.at(-1)).toBe('late');
  });

  it('says whether more may come', async () => {
    const gate = new Gate({ total: 1, perKey: 1, maxPerKey: 3 });
    const out = await gate.enter('a', signal);
    const waiting = gate.enter('a', signal);
    expect([gate.hasRoom('a', 1), gate.hasRoom('a', 2), gate.hasRoom('b', 3)]).toEqual([true, false, true]);
    out();
    (await waiting)();
    expect(gate.hasRoom('a', 3)).toBe(true);
  });

  it('forgets who gives up waiting', async () => {
    const gate = new Gate({ total: 1, perKey: 1, maxPerKey: 3 });
    const out = await gate.enter('a', signal);
    const impatient = new AbortController();
    const waiting = gate.enter('a', impatient.signal);
    impatient.abort(new Error('left'));
    await expect(waiting).rejects.toThrow('left');
    out();
    (await gate.enter('a', signal))();
    await expect(gate.enter('a', impatient.signal)).rejects.toThrow('left');
  });
});
