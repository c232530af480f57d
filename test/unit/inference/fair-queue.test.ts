import { expect, it } from 'vitest';
import { FairQueue } from '../../../src/inference/fair-queue.ts';

function queueOf(order: string) {
  const queue = new FairQueue<{ tenantId: string; name: string }>();
  const items = order.split(' ').map((name) => ({ tenantId: name[0]!, name }));
  for (const item of items) queue.add(item);
  return { queue, items, take: (count: number) => queue.take(count).map(({ name }) => name) };
}

it('takes turns between tenants, and keeps the order within each', () => {
  const { take } = queueOf('a1 a2 a3 a4 b1 c1 c2');
  expect(take(5)).toEqual(['a1', 'b1', 'c1', 'a2', 'c2']);
  expect(take(5)).toEqual(['a3', 'a4']);
});

it('remembers whose turn it is between two takes', () => {
  const { take, queue } = queueOf('a1 a2 b1 b2');
  expect(take(1)).toEqual(['a1']);
  queue.add({ tenantId: 'c', name: 'c1' });
  expect(take(4)).toEqual(['b1', 'a2', 'c1', 'b2']);
});

it('lets go of an item that no longer waits, once', () => {
  const { queue, items, take } = queueOf('a1 a2 b1');
  queue.delete(items[0]!);
  queue.delete(items[0]!);
  queue.delete(items[2]!);
  expect(queue.size).toBe(1);
  expect(take(9)).toEqual(['a2']);
  expect(queue.size).toBe(0);
});
