import { createHmac } from 'node:crypto';
import type { Client } from './client.ts';
import type { UserError } from './taxonomy-client.ts';

export interface Hook {
  id: string;
  /** A path: test apps have no public URL. */
  url: string;
  isEnabled: boolean;
  previousSecretExpiresAt: string | null;
  mapping: { images: string; url: string | null; id: string | null };
}

interface HookPayload {
  hook: Hook | null;
  secret?: string | null;
  mappedImages?: { url: string | null; reference: string | null; metadata: object | null }[] | null;
  deletedId?: string | null;
  userErrors: UserError[];
}

const HOOK = 'hook { id url isEnabled previousSecretExpiresAt mapping { images url id } }';
const SELECTIONS: Record<string, string> = {
  createInboundHook: `${HOOK} secret mappedImages { url reference metadata }`,
  updateInboundHook: `${HOOK} mappedImages { url reference metadata }`,
  rotateInboundHookSecret: `${HOOK} secret`,
  deleteInboundHook: 'deletedId',
};

/** Talks about inbound hooks with one key. */
export function hookClient(client: Client, key: string) {
  const mutation = (field: string) => async (input: object) => {
    const type = `${field[0]!.toUpperCase()}${field.slice(1)}Input!`;
    const query = `mutation ($input: ${type}) { ${field}(input: $input) {
      ${SELECTIONS[field]} userErrors { code message path } } }`;
    return (await client.graphql<Record<string, HookPayload>>(query, { input }, key))[field]!;
  };
  const create = mutation('createInboundHook');
  return {
    create,
    update: mutation('updateInboundHook'),
    rotate: mutation('rotateInboundHookSecret'),
    remove: mutation('deleteInboundHook'),
    /** Throws where it is refused. */
    async createOrThrow(input: object): Promise<{ hook: Hook; secret: string }> {
      const { hook, secret, userErrors } = await create(input);
      if (!hook || !secret) throw new Error(`The hook was refused: ${JSON.stringify(userErrors)}`);
      return { hook, secret };
    },
  };
}

/** What a hook answers: a message, or a failure. */
export interface HookAnswer {
  status: number;
  headers: Headers;
  body: {
    id: string | null;
    state: 'PENDING' | 'COMPLETED' | 'FAILED' | 'IGNORED';
    classifications: string[];
    results: { type: string; data: Record<string, unknown> & { error?: { code: string } } }[];
    errors?: { message: string; extensions: { code: string; requestId: string; retryAfterMs?: number } }[];
  };
}

/** Posts to `url` as it is said. */
export async function post(
  url: string,
  body: string | Uint8Array<ArrayBuffer>,
  headers: Record<string, string> = {},
): Promise<HookAnswer> {
  const response = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body,
  });
  return {
    status: response.status,
    headers: response.headers,
    body: (await response.json()) as HookAnswer['body'],
  };
}

/** The headers of Standard Webhooks, by a sender of its own writing. */
export function signStandard(
  secret: string,
  { id, body, at = Date.now() }: { id: string; body: string | Uint8Array; at?: number },
): Record<string, string> {
  const timestamp = String(Math.floor(at / 1000));
  const key = Buffer.from(secret.slice('whsec_'.length), 'base64');
  const digest = createHmac('sha256', key).update(`${id}.${timestamp}.`).update(body).digest('base64');
  return { 'webhook-id': id, 'webhook-timestamp': timestamp, 'webhook-signature': `v1,${digest}` };
}

/** The key of the best label of each result, or its error's code. */
export function bestOfAnswer({ body }: HookAnswer): string[] {
  return body.results.map(({ data }) => {
    const predictions = data['predictions'] as { label: { key: string } }[] | undefined;
    return data.error?.code ?? predictions![0]!.label.key;
  });
}
