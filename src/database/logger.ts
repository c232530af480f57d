import type { Logger } from 'pino';

/** What the database code needs of the application's logger. */
export type DatabaseLogger = Pick<Logger, 'info' | 'warn' | 'error'>;
