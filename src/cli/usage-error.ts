/** A command that was not called as it is meant to be: shown with how it is meant to be. */
export class UsageError extends Error {
  override name = 'UsageError';
}
