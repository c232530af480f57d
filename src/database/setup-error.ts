/**
 * The database is not as it must be, and a person has to mend it; the message says how. Starting again would fail
 * the same way.
 */
export class DatabaseSetupError extends Error {
  override name = 'DatabaseSetupError';
}

/** The configured server does not answer. It may come up yet, so the bootstrap tries again. */
export class DatabaseUnreachableError extends Error {
  override name = 'DatabaseUnreachableError';
}
