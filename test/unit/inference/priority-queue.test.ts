import { expect, it } from 'vitest';
import { PriorityQueue } from '../../../src/inference/priority-queue.ts';

function queueOf({ urgent, bulk }: { urgent: number; bulk: number }) {
  const queue = new PriorityQueue<{ tenantId: string; bulk: boolean; name: string }>();
  const add = (name: string, isBulk: boolean) => {
    const item = { tenantId: 'a', bulk: isBulk, name };
    queue.add(item);
    return item;
  };
  for (let index = 0; index < bulk; index++) add('bulk', true);
  for (let index = 0; index < urgent; index++) add('urgent', false);
  const take = (count: number) => queue.take(count).map(({ name }) => name);
  return { queue, add, take };
}

it('lets bulk work wait for all other, and go when there is none', () => {
  const { take, add } = queueOf({ urgent: 3, bulk: 3 });
  expect(take(4)).toEqual(['urgent', 'urgent', 'urgent']); // not filled up: nobody's batch is longer for it
  expect(take(2)).toEqual(['bulk', 'bulk']);
  add('urgent', false);
  expect(take(1)).toEqual(['urgent']);
  expect(take(1)).toEqual(['bulk']);
  expect(take(1)).toEqual([]);
});

it('gives bulk work every eighth turn, however much else waits', () => {
  const { take } = queueOf({ urgent: 100, bulk: 100 });
  const turns = Array.from({ length: 24 }, () => take(1)[0]);
  expect(turns.filter((kind) => kind === 'bulk')).toHaveLength(3);
  expect(turns.indexOf('bulk')).toBe(7);
});

it('lets go of items that no longer wait, of either kind, and of all at once', () => {
  const { queue, add } = queueOf({ urgent: 1, bulk: 1 });
  const [one, other] = [add('gone', true), add('gone', false)];
  queue.delete(one);
  queue.delete(other);
  expect(queue.clear().map(({ name }) => name)).toEqual(['urgent', 'bulk']);
  expect(queue.size).toBe(0);
});
