import { AppError } from '../errors.ts';

const MAX_LENGTH = 200;

/** Names of tenants and keys: 1 to 200 characters, none of them at the ends a space. Throws INVALID_INPUT. */
export function checkName(name: string): void {
  if (name.length >= 1 && name.length <= MAX_LENGTH && name === name.trim()) return;
  throw new AppError('INVALID_INPUT', {
    message: `A name has 1 to ${MAX_LENGTH} characters without spaces around them; this one has ${name.length}.`,
    path: ['name'],
  });
}
