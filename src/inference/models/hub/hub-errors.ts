import { AppError } from '../../../errors.ts';

/** A file of a repository, as messages name it. */
export interface Wanted {
  endpoint: string;
  repo: string;
  path: string;
  revision: string;
}

interface Extra {
  cause?: unknown;
  details?: Record<string, unknown>;
}

const OFFLINE_WAY =
  'Without the hub: copy the repository to a directory on a machine that reaches it, and run ' +
  '"taxolens model add <id> --from <directory>" here.';

/** What cannot be fetched, why, what mends it, and how to do without. */
export function refuseFetch({ endpoint, repo, path }: Wanted, problem: string, remedy: string, extra: Extra = {}) {
  const message = `${path} of ${repo} cannot be fetched from ${endpoint}: ${problem}. ${remedy} ${OFFLINE_WAY}`;
  return new AppError('MODEL_NOT_AVAILABLE', { message, details: { repo, file: path, ...extra.details }, cause: extra.cause });
}

export interface HubRefusal {
  status: number;
  /** `X-Error-Code`: the hub says more by it than by its status. */
  errorCode: string | undefined;
  hasToken: boolean;
}

/** Whether a repository is not there, or not for whoever asks: the hub does not tell these apart. */
export function isMissingRepository(error: unknown): boolean {
  return error instanceof AppError && error.details?.isMissingRepository === true;
}

/** The remedy for each way in which the hub refuses. */
export function explainRefusal(wanted: Wanted, { status, errorCode, hasToken }: HubRefusal): AppError {
  const { endpoint, repo, revision } = wanted;
  if (errorCode === 'GatedRepo') {
    const remedy = hasToken
      ? `Accept its conditions at ${endpoint}/${repo} with the account that HF_TOKEN is of.`
      : `Accept its conditions at ${endpoint}/${repo}, and set HF_TOKEN to a token of the same account.`;
    return refuseFetch(wanted, 'the repository is gated', remedy);
  }
  if (errorCode === 'RevisionNotFound') {
    const remedy = `If its history was rewritten, remove its entry from models.lock.json to accept what it has now.`;
    return refuseFetch(wanted, `it has no revision '${revision}'`, remedy);
  }
  if (status === 401 || errorCode === 'RepoNotFound') {
    const remedy = hasToken
      ? 'Check its name, and whether HF_TOKEN is valid and may read it.'
      : 'Check its name; where it is private or gated, set HF_TOKEN.';
    const problem = `there is no such repository for whoever asks (status ${status})`;
    return refuseFetch(wanted, problem, remedy, { details: { isMissingRepository: true } });
  }
  if (status === 403) {
    return refuseFetch(wanted, 'access is forbidden (status 403)', 'Set HF_TOKEN to a token that may read it.');
  }
  if (status === 429) {
    return refuseFetch(wanted, 'the hub asks to wait (status 429)', 'Try later: what has come is kept.');
  }
  return refuseFetch(wanted, `it answers with status ${status}`, 'Try later, or another HF_ENDPOINT.');
}
