import { existsSync, mkdirSync } from 'node:fs';
import { dirname } from 'node:path';

/**
 * Makes a directory and those above it that are not there. One by one: `recursive` never returns where a file system
 * (/proc) says of each new entry that it is not there. Throws as mkdir does.
 */
export function makeDirectories(directory: string, mode = 0o777): void {
  if (existsSync(directory)) return;
  makeDirectories(dirname(directory), mode);
  try {
    mkdirSync(directory, { mode });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error; // another process was quicker
  }
}
