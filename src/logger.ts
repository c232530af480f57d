import { pino, stdTimeFunctions, type Logger } from 'pino';
import type { Config } from './config.ts';
import { toTerminalLine } from './terminal-lines.ts';

/** Where a secret could stand in what is logged. Bodies are never logged; this is for the day someone forgets. */
const SECRET_PATHS = [
  'authorization',
  '*.authorization',
  'headers.authorization',
  '*.headers.authorization',
  'secret',
  '*.secret',
  'operatorKey',
  '*.operatorKey',
];

/** Lines on stderr: stdout belongs to the person who started the server. JSON, or text where a person reads them. */
export function createLogger(
  { logLevel }: Pick<Config, 'logLevel'>,
  output: { isTTY?: boolean; write(line: string): unknown } = process.stderr,
): Logger {
  return pino(
    {
      level: logLevel,
      base: undefined,
      timestamp: stdTimeFunctions.isoTime,
      redact: { paths: SECRET_PATHS, censor: '[secret]' },
    },
    output.isTTY ? { write: (line) => void output.write(toTerminalLine(line)) } : output,
  );
}
