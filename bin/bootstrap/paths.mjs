import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

/** The directory of the project, wherever the command was started. */
export const PROJECT_DIR = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '../..');

/** Prints a line for the person who waits. On stderr: stdout belongs to the program. */
export function say(line) {
  process.stderr.write(`${line}\n`);
}

/** An error whose message is for the person at the terminal, without a stack. */
export class BootstrapError extends Error {}

/** SHA-256 of a file in hex, null when there is none. */
export function hashFile(file) {
  return existsSync(file) ? createHash('sha256').update(readFileSync(file)).digest('hex') : null;
}
