import { setTimeout as sleep } from 'node:timers/promises';

/** Asks again every 20 ms until the answer is not undefined or false; throws after `limitMs`. */
export async function until<T>(
  what: string,
  ask: () => T | undefined | false | Promise<T | undefined | false>,
  limitMs = 30_000,
): Promise<T> {
  const startedMs = Date.now();
  for (;;) {
    const answer = await ask();
    if (answer !== undefined && answer !== false) return answer;
    if (Date.now() - startedMs > limitMs) throw new Error(`Not within ${limitMs} ms: ${what}`);
    await sleep(20);
  }
}
