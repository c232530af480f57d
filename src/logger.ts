import { pino, stdTimeFunctions, type Logger } from 'pino';
import type { Config } from './config.ts';

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

/** JSON lines on stderr: stdout belongs to the person who started the server. */
export function createLogger({ logLevel }: Pick<Config, 'logLevel'>): Logger {
  return pino(
    {
      level: logLevel,
      base: undefined,
      timestamp: stdTimeFunctions.isoTime,
      redact: { paths: SECRET_PATHS, censor: '[secret]' },
    },
    process.stderr,
  );
}
