import { expect, test } from 'vitest';
import { mapDatabaseError } from '../../../src/database/map-database-error.ts';
import { AppError } from '../../../src/errors.ts';

/** Errors as they were seen from Prisma 7, its adapter and pg. */
const UNAVAILABLE = [
  { code: 'P1001', message: "Can't reach database server at secret-host:5432" },
  { code: 'P2028', message: 'Transaction API error: Unable to start a transaction in the given time.' },
  { code: 'P2039', meta: { driverAdapterError: { cause: { originalCode: '57P01' } } } },
  { code: 'P2010', meta: { driverAdapterError: { cause: { originalCode: '53300' } } } },
  { code: 'P2039', meta: { driverAdapterError: { cause: { originalCode: '53100' } } } },
  { cause: { kind: 'postgres', originalCode: '57P01' }, message: 'terminating connection' },
  { cause: { kind: 'ConnectionClosed' }, message: 'ConnectionClosed' },
  {
    code: 'EPIPE',
    clientVersion: '7',
    message: 'Invalid `prisma.apiKey.findUnique()` invocation: write EPIPE',
  },
  { code: '57P03', message: 'the database system is starting up' },
  { code: 'ENOENT', syscall: 'connect', message: 'connect ENOENT /secret/.s.PGSQL.5432' },
  { code: 'ECONNREFUSED', syscall: 'connect', message: 'connect ECONNREFUSED secret-host:5432' },
  { message: 'Client has encountered a connection error and is not queryable' },
  { message: 'Connection terminated unexpectedly' },
];

const OTHERS = [
  { code: 'P2002', message: 'Unique constraint failed' },
  { code: 'P2028', message: 'Transaction already closed: the timeout for this transaction was 10000 ms' },
  { code: 'P2039', meta: { driverAdapterError: { cause: { originalCode: '42501' } } } },
  { code: 'ENOENT', syscall: 'open', message: 'a file that the work did not find' },
  { message: 'anything else' },
];

function makeError(fields: object): Error {
  return Object.assign(new Error(), fields);
}

test.each(UNAVAILABLE)('$code $message $meta: OVERLOADED, naming no host', (fields) => {
  const error = makeError(fields);
  const mapped = mapDatabaseError(error) as AppError;
  expect(mapped).toMatchObject({ code: 'OVERLOADED', retryAfterMs: 1_000, cause: error });
  expect(mapped.message).not.toMatch(/secret/);
});

test.each(OTHERS)('$code $message $meta: as it was', (fields) => {
  const error = makeError(fields);
  expect(mapDatabaseError(error)).toBe(error);
});

test('an error of the application, or no error at all, stays what it is', () => {
  const own = new AppError('NOT_FOUND', { message: 'gone', cause: makeError({ code: 'P1001' }) });
  expect(mapDatabaseError(own)).toBe(own);
  expect(mapDatabaseError('text')).toBe('text');
});
