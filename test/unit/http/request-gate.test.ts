import { describe, expect, it } from 'vitest';
import { AppError } from '../../../src/errors.ts';
import { RequestGate } from '../../../src/http/request-gate.ts';

function makeGate() {
  let ms = 0;
  const overloads: number[] = [];
  const gate = new RequestGate({ now: () => ms, onOverload: () => overloads.push(ms) });
  return { gate, overloads, pass: (passed: number) => void (ms += passed) };
}
type Gate = RequestGate;
const enter = (gate: Gate, tenant: string, count: number) =>
  Array.from({ length: count }, () => gate.enter(tenant));

function refusal(attempt: () => unknown): AppError {
  try {
    attempt();
  } catch (error) {
    if (error instanceof AppError) return error;
  }
  throw new Error('An AppError was expected');
}

describe('the gate of uploads', () => {
  it('lets a burst in that an idle server is able to work off', () => {
    const { gate, pass } = makeGate();
    enter(gate, 'a', 300);
    pass(999);
    enter(gate, 'a', 1);
    expect(gate.total).toBe(301);
  });

  it('lets 250 requests in however late a starved process sees them', () => {
    const { gate, pass } = makeGate();
    for (let i = 0; i < 250; i += 1) {
      gate.enter('a');
      pass(100);
    }
    expect(gate.total).toBe(250);
  });

  it('refuses when a second later the queue is still there, with the time that its excess will take', () => {
    const { gate, overloads, pass } = makeGate();
    enter(gate, 'a', 300);
    pass(1_000);
    const { code, retryAfterMs } = refusal(() => gate.enter('a'));
    expect([code, retryAfterMs]).toEqual(['OVERLOADED', 289 * 50]); // 12 are fine, 50 ms each until it is measured
    expect(overloads).toEqual([1_000]);
    expect(gate.total).toBe(300);
  });

  it('keeps letting in what finds little ahead', () => {
    const { gate, pass } = makeGate();
    const leave = enter(gate, 'a', 300);
    pass(1_000);
    refusal(() => gate.enter('a'));
    for (const done of leave.splice(0, 289)) done.leave(false);
    gate.enter('a');
    refusal(() => gate.enter('a'));
    expect(gate.total).toBe(12);
  });

  it('is calm again when less than half is in progress and nobody was refused for five seconds', () => {
    const { gate, pass } = makeGate();
    const leave = enter(gate, 'a', 300);
    pass(1_000);
    refusal(() => gate.enter('a'));
    for (const done of leave.splice(0, 290)) done.leave(false);
    pass(1_000);
    leave.pop()!.leave(false);
    expect(refusal(() => enter(gate, 'a', 30)).code).toBe('OVERLOADED'); // a lull is not the end
    pass(5_000);
    for (const done of leave) done.leave(false);
    const before = gate.total;
    enter(gate, 'a', 30);
    expect(gate.total).toBe(before + 30);
  });

  it('is calm for whoever comes to an idle server, also where nobody has left since', () => {
    const { gate, pass } = makeGate();
    const leave = enter(gate, 'a', 300);
    pass(1_000);
    refusal(() => gate.enter('a'));
    for (const done of leave) done.leave(false);
    pass(5_000);
    enter(gate, 'b', 30); // at once, as a page does with its pictures
    expect(gate.total).toBe(30);
  });

  it('counts no request whose body is still to come', () => {
    const { gate, pass } = makeGate();
    const stalled = enter(gate, 'stalls', 300);
    for (const stay of stalled) stay.pause();
    pass(1_000);
    enter(gate, 'b', 30);
    expect(gate.total).toBe(30);
    for (const stay of stalled) stay.resume();
    expect(gate.total).toBe(330);
    for (const stay of stalled) stay.leave(false);
    for (const stay of enter(gate, 'c', 2)) {
      stay.pause();
      stay.leave(false);
      stay.resume(); // its body was there the moment after its client had left
    }
    expect(gate.total).toBe(30);
  });

  it('lets a tenant in beside one that floods, up to the same share', () => {
    const { gate, pass } = makeGate();
    enter(gate, 'flooding', 300);
    pass(1_000);
    refusal(() => gate.enter('flooding'));
    let entered = 0;
    for (; entered < 100; entered += 1) {
      try {
        gate.enter('modest');
      } catch {
        break;
      }
    }
    expect(entered).toBe(6); // six of its own, and six of the other's that have their turns between
  });

  it('lets more in where more is done in the same time', () => {
    const { gate, pass } = makeGate();
    for (let i = 0; i < 500; i += 1) {
      const done = gate.enter('a');
      pass(1);
      done.leave(true);
    }
    const leave = enter(gate, 'a', 460); // 200 are done in 200 ms
    pass(1_000);
    expect(refusal(() => gate.enter('a')).code).toBe('OVERLOADED');
    for (const done of leave.splice(0, 265)) done.leave(false);
    gate.enter('a');
  });

  it('does not take idle time for the time that a request needs', () => {
    const { gate, pass } = makeGate();
    for (let i = 0; i < 200; i += 1) {
      const done = gate.enter('a');
      pass(2);
      done.leave(true);
      pass(10_000);
    }
    enter(gate, 'a', 360);
    pass(1_000);
    expect(refusal(() => gate.enter('a')).retryAfterMs).toBeLessThan(1_000); // 261 of 2 ms, not of 10 s
  });
});
