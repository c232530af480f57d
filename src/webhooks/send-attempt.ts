import type { Dispatcher } from 'undici';
import { WEBHOOK_LIMITS } from '../limits.ts';
import { isRefused, type Outbound } from '../outbound/outbound.ts';
import { readRetryAfter, type Clock } from './schedule.ts';

export interface AttemptRequest {
  url: string;
  headers: Record<string, string>;
  body: string;
}

export interface AttemptResponse {
  status: number;
  headers: Record<string, string>;
  /** Its beginning, as text. */
  body: string;
}

/** What became of one HTTP request. */
export interface AttemptOutcome {
  startedAt: Date;
  durationMs: number;
  /** Null where there was no answer. */
  response: AttemptResponse | null;
  /** Null where the receiver has it: a status of 2xx. */
  error: string | null;
  retryAfterSeconds: number | null;
}

/**
 * Makes one attempt. Whatever goes wrong with it is its outcome; it throws only where `signal` says that this process
 * stops: whether the receiver has it is then unknown.
 */
export async function sendAttempt(
  { outbound, clock }: { outbound: Outbound; clock: Clock },
  request: AttemptRequest,
  signal: AbortSignal,
): Promise<AttemptOutcome> {
  const startedAt = clock.now();
  const startedMs = performance.now();
  const timeout = AbortSignal.timeout(WEBHOOK_LIMITS.timeoutMs);
  const outcomeOf = (response: AttemptResponse | null, error: string | null): AttemptOutcome => ({
    startedAt,
    durationMs: performance.now() - startedMs,
    response,
    error,
    retryAfterSeconds: error === null ? null : readRetryAfter(response?.headers['retry-after'], clock.now()),
  });
  try {
    const answer = await outbound.request(new URL(request.url), {
      method: 'POST',
      headers: request.headers,
      body: request.body,
      signal: AbortSignal.any([signal, timeout]),
      idleMs: WEBHOOK_LIMITS.timeoutMs,
    });
    const response = {
      status: answer.statusCode,
      headers: flatten(answer.headers),
      body: await readBeginning(answer.body),
    };
    return outcomeOf(response, judge(response.status));
  } catch (error) {
    if (signal.aborted) throw signal.reason;
    return outcomeOf(null, explain(error));
  }
}

function judge(status: number): string | null {
  if (status >= 200 && status < 300) return null;
  if (status >= 300 && status < 400) return `It answered ${status}: redirects are not followed.`;
  return `It answered ${status}.`;
}

/** Never more than its owner can see from outside: what is not allowed, and what did not answer. */
function explain(error: unknown): string {
  if (isRefused(error)) return 'Its address may not be reached.';
  if ((error as Error).name === 'TimeoutError')
    return `No answer within ${WEBHOOK_LIMITS.timeoutMs / 1000} s.`;
  return 'It could not be reached, or broke off.';
}

function flatten(headers: Dispatcher.ResponseData['headers']): Record<string, string> {
  const named = Object.entries(headers).filter((entry) => entry[1] !== undefined);
  return Object.fromEntries(named.map(([name, value]) => [name, storable([value].flat().join(', '))]));
}

/** As much as is kept. The status has said what counts: a body that does not come is not waited for. */
async function readBeginning(body: Dispatcher.ResponseData['body']): Promise<string> {
  const timer = setTimeout(() => body.destroy(), WEBHOOK_LIMITS.responseBodyMs);
  const chunks: Buffer[] = [];
  let bytes = 0;
  try {
    for await (const chunk of body as AsyncIterable<Buffer>) {
      chunks.push(chunk);
      bytes += chunk.length;
      if (bytes >= WEBHOOK_LIMITS.responseBytes) break;
    }
  } catch {
    // what came is what is kept
  } finally {
    clearTimeout(timer);
    body.destroy();
  }
  return storable(Buffer.concat(chunks).subarray(0, WEBHOOK_LIMITS.responseBytes).toString('utf8'));
}

/** Text columns hold no U+0000. */
function storable(text: string): string {
  return text.replaceAll('\0', '\u{FFFD}').toWellFormed();
}
