import { readJson, toError, type Connection, type GraphqlError } from './connection.ts';
import { TaxolensUserError, type UserError } from './errors.ts';
import { writeBody } from './multipart.ts';
import { Retries } from './retries.ts';
import type { TypedDocument } from './typed-document.ts';

export interface CallOptions {
  /** Ends the call at any point, its pauses too; it rejects with the signal's reason. */
  signal?: AbortSignal | undefined;
}

export type Request = <Result, Variables>(
  document: TypedDocument<Result, Variables>,
  variables: Variables,
  options?: CallOptions,
) => Promise<Result>;

const ACCEPT = 'application/graphql-response+json, application/json;q=0.9';

/**
 * Sends one operation, again where that helps and does no harm: a query, or a mutation whose variables have an
 * `idempotencyKey`; any other mutation only where it was refused as RATE_LIMITED. User errors are part of the result,
 * but for IDEMPOTENCY_IN_PROGRESS, which is waited out. Throws TaxolensError.
 */
export function makeRequest(connection: Connection): Request {
  return async <Result, Variables>(
    document: TypedDocument<Result, Variables>,
    variables: Variables,
    { signal }: CallOptions = {},
  ) => {
    const text = document.toString();
    const isRepeatable = !/\bmutation\b/.test(text) || hasKey(variables);
    const retries = new Retries(connection.retries);
    for (;;) {
      try {
        const data = await sendOnce<Result>(connection, writeBody(text, variables), signal);
        if (isRepeatable) throwWhereRunning(data);
        return data;
      } catch (error) {
        await retries.next(error, isRepeatable, signal);
      }
    }
  };
}

async function sendOnce<Result>(
  connection: Connection,
  body: string | FormData,
  signal: AbortSignal | undefined,
): Promise<Result> {
  const headers: Record<string, string> = { accept: ACCEPT };
  if (typeof body === 'string') headers['content-type'] = 'application/json'; // a form brings its own
  const response = await connection.post('/graphql', body, headers, signal);
  const { data, errors } = (await readJson(response, signal)) as { data?: Result; errors?: GraphqlError[] };
  if (errors !== undefined || data === undefined) throw toError(errors ?? [], response, data);
  return data;
}

/** Whether `variables.idempotencyKey` or that of an input is given. */
function hasKey(variables: unknown): boolean {
  const own = (value: unknown) =>
    typeof value === 'object' &&
    value !== null &&
    'idempotencyKey' in value &&
    typeof value.idempotencyKey === 'string';
  return own(variables) || Object.values(variables ?? {}).some(own);
}

/** The attempt before this one, whose answer was lost, is still at work: its answer comes under the same key. */
function throwWhereRunning(data: unknown): void {
  for (const payload of Object.values(data ?? {}) as ({ userErrors?: UserError[] } | null)[]) {
    const running = payload?.userErrors?.filter(({ code }) => code === 'IDEMPOTENCY_IN_PROGRESS') ?? [];
    if (running.length > 0) throw new TaxolensUserError(running);
  }
}
