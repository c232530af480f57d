/** A command that was not called as it is meant to be: its message ends with the line that says how. */
export class UsageError extends Error {
  override name = 'UsageError';
}
