import { notGraphql, readJson, toError, type Connection, type GraphqlError } from './connection.ts';
import { TaxolensError, type FailureFacts } from './errors.ts';
import type { CallOptions } from './request.ts';
import { Retries } from './retries.ts';
import { readEvents, type ServerSentEvent } from './server-sent-events.ts';
import type { TypedDocument } from './typed-document.ts';

/** What a subscription gives. */
export interface Update<Result> {
  data: Result;
  /** Resumes a later subscription after this update, by `lastEventId`; undefined where the server names none. */
  id: string | undefined;
}

export interface SubscribeOptions extends CallOptions {
  /** The `id` of the last update that was taken care of. */
  lastEventId?: string | undefined;
}

/** The server's heartbeats come more often: a connection that is silent for longer is dead. */
const LONGEST_SILENCE_MS = 60_000;

/**
 * The updates of a subscription, by the distinct connections of the GraphQL over SSE protocol. A connection that
 * breaks is opened again, and resumed after the last id; it ends when the server completes it, and with the loop
 * that takes the updates. Throws TaxolensError where it is refused or does not come back.
 */
export async function* subscribe<Result, Variables>(
  connection: Connection,
  document: TypedDocument<Result, Variables>,
  variables: Variables,
  { signal, lastEventId }: SubscribeOptions = {},
): AsyncGenerator<Update<Result>, void, undefined> {
  const body = JSON.stringify({ query: document.toString(), variables });
  const retries = new Retries(connection.retries);
  let id = lastEventId;
  for (;;) {
    try {
      for await (const event of openStream(connection, { body, id, signal })) {
        if (event.event === 'complete') return;
        if (event.event !== 'next') continue;
        const data = readData<Result>(event);
        retries.reset();
        id = event.id ?? id;
        yield { data, id };
      }
    } catch (error) {
      await retries.next(error, true, signal);
    }
  }
}

interface Opening {
  body: string;
  id: string | undefined;
  signal: AbortSignal | undefined;
}

/** The events of one connection; it never ends by itself but throws. */
async function* openStream(
  connection: Connection,
  { body, id, signal }: Opening,
): AsyncGenerator<ServerSentEvent, void, undefined> {
  const life = new AbortController();
  const leave = () => life.abort(signal!.reason);
  signal?.throwIfAborted();
  signal?.addEventListener('abort', leave, { once: true });
  const silence = watchSilence(() => life.abort());
  let retryAfterMs: number | undefined;
  const headers = { accept: 'text/event-stream', 'content-type': 'application/json', ...lastEventOf(id) };
  try {
    const response = await connection.post('/graphql/stream', body, headers, life.signal);
    const isStream = response.headers.get('content-type')?.startsWith('text/event-stream') === true;
    if (!isStream || !response.ok || !response.body) throw await readRefusal(response, signal);
    yield* readEvents(response.body, { onBytes: silence.heard, onRetry: (ms) => (retryAfterMs = ms) });
    throw brokenOff({ retryAfterMs });
  } catch (error) {
    signal?.throwIfAborted();
    throw error instanceof TaxolensError ? error : brokenOff({ retryAfterMs, cause: error });
  } finally {
    silence.stop();
    signal?.removeEventListener('abort', leave);
    life.abort();
  }
}

const brokenOff = (facts: FailureFacts) =>
  new TaxolensError('NO_ANSWER', 'The subscription broke off.', facts);

const lastEventOf = (id: string | undefined): Record<string, string> =>
  id === undefined ? {} : { 'last-event-id': id };

function watchSilence(onSilence: () => void): { heard: () => void; stop: () => void } {
  let timer = setTimeout(onSilence, LONGEST_SILENCE_MS);
  return {
    heard() {
      clearTimeout(timer);
      timer = setTimeout(onSilence, LONGEST_SILENCE_MS);
    },
    stop: () => clearTimeout(timer),
  };
}

async function readRefusal(response: Response, signal: AbortSignal | undefined): Promise<TaxolensError> {
  const { errors } = (await readJson(response, signal)) as { errors?: GraphqlError[] };
  return errors ? toError(errors, response) : notGraphql(response, response.status);
}

function readData<Result>({ data: text }: ServerSentEvent): Result {
  const { data, errors } = JSON.parse(text) as { data?: Result | null; errors?: GraphqlError[] };
  if (!errors && data) return data;
  throw toError(errors ?? [], undefined, data ?? undefined);
}
