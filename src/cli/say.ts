/** A line for the person at the terminal; the log goes to stderr. */
export function say(line: string): void {
  process.stdout.write(`${line}\n`);
}
