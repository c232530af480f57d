import { describe, expect, it } from 'vitest';
import { createLogger } from '../../src/logger.ts';

/** What a logger writes, to a terminal or to anything else. */
function watch(isTTY: boolean) {
  const lines: string[] = [];
  const logger = createLogger({ logLevel: 'info' }, { isTTY, write: (line) => lines.push(line) });
  return { logger, lines };
}

describe('the log', () => {
  it('is JSON where a machine reads it', () => {
    const { logger, lines } = watch(false);
    logger.info({ durationMs: 3 }, 'request');
    expect(JSON.parse(lines[0]!)).toMatchObject({ level: 30, durationMs: 3, msg: 'request' });
  });

  it('is text on a terminal, the stack of an error below its line', () => {
    const { logger, lines } = watch(true);
    logger.child({ requestId: 'a1' }).warn({ err: new RangeError('no room'), sizes: [1, 2] }, 'it failed');
    expect(lines).toHaveLength(1);
    expect(lines[0]).toMatch(
      /^\d\d:\d\d:\d\d warn {2}it failed {2}requestId=a1 {2}sizes=\[1,2\]\n {4}RangeError: no room\n {8}at /,
    );
  });

  it('gives a terminal nothing to obey', () => {
    const { logger, lines } = watch(true);
    logger.warn({ err: new Error('\u001b[2J'), name: '\u001b]0;x\u0007' }, 'x');
    for (const character of ['\u001b', '\u0007']) expect(lines[0]).not.toContain(character);
  });

  it.each([true, false])('shows no secret, on a terminal: %s', (isTTY) => {
    const { logger, lines } = watch(isTTY);
    logger.info({ operatorKey: 'k1', headers: { authorization: 'k2' }, secret: 'k3' }, 'x');
    expect(lines[0]).toContain('[secret]');
    expect(lines[0]).not.toMatch(/k[123]/);
  });
});
