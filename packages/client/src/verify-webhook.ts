/** An event that Taxolens has signed. */
export interface WebhookEvent<Data = Record<string, unknown>> {
  /** The `webhook-id`: the same over retries and redeliveries, so that an event can be known again. */
  id: string;
  /** Such as `classification.completed`. */
  type: string;
  /** Of the usual payload. */
  version: number;
  /** When it happened. */
  timestamp: string;
  data: Data;
}

/** Those of a web `Request`, or of Node's. */
export type WebhookHeaders = Headers | Record<string, string | string[] | undefined>;

/** The request is not signed by any of the secrets, or too old. */
export class WebhookError extends Error {
  override name = 'WebhookError';
}

const TOLERANCE_SECONDS = 300;
const HMAC = { name: 'HMAC', hash: 'SHA-256' };

/**
 * The event of a signed request, by Standard Webhooks: `payload` is its body as it came, before it is parsed. Of
 * several secrets (while one is rotated) any may have signed. The times of both clocks may differ by 5 minutes.
 * Throws WebhookError.
 */
export async function verifyWebhook<Data = Record<string, unknown>>(
  payload: string | ArrayBuffer | Uint8Array,
  headers: WebhookHeaders,
  secret: string | readonly string[],
): Promise<WebhookEvent<Data>> {
  const id = readHeader(headers, 'webhook-id');
  const timestamp = readHeader(headers, 'webhook-timestamp');
  const signatures = readHeader(headers, 'webhook-signature');
  checkTime(timestamp);
  const bytes = typeof payload === 'string' ? new TextEncoder().encode(payload) : new Uint8Array(payload);
  const signed = concatenate(new TextEncoder().encode(`${id}.${timestamp}.`), bytes);
  for (const one of typeof secret === 'string' ? [secret] : secret) {
    if (await isSigned(signed, signatures, one)) return { ...parse<Data>(bytes), id };
  }
  throw new WebhookError('None of the signatures is of a secret that is known here.');
}

function readHeader(headers: WebhookHeaders, name: string): string {
  const value =
    headers instanceof Headers
      ? headers.get(name)
      : Object.entries(headers).find(([key]) => key.toLowerCase() === name)?.[1];
  if (typeof value === 'string' && value !== '') return value;
  throw new WebhookError(`The header ${name} is missing or given twice.`);
}

function checkTime(timestamp: string): void {
  const ageSeconds = Math.floor(Date.now() / 1000) - Number(timestamp);
  if (/^\d{1,12}$/.test(timestamp) && Math.abs(ageSeconds) <= TOLERANCE_SECONDS) return;
  throw new WebhookError(`The webhook-timestamp is not within ${TOLERANCE_SECONDS} seconds of this clock.`);
}

/** WebCrypto compares in constant time. */
async function isSigned(
  signed: Uint8Array<ArrayBuffer>,
  signatures: string,
  secret: string,
): Promise<boolean> {
  const bytes = decodeBase64(secret.replace(/^whsec_/, ''));
  if (!bytes || bytes.length === 0) throw new TypeError('A webhook secret is `whsec_` and base64.');
  const key = await crypto.subtle.importKey('raw', bytes, HMAC, false, ['verify']);
  for (const signature of signatures.split(' ')) {
    const [version, text] = signature.split(',');
    const code = version === 'v1' && text !== undefined ? decodeBase64(text) : undefined;
    if (code && (await crypto.subtle.verify('HMAC', key, code, signed))) return true;
  }
  return false;
}

function parse<Data>(bytes: Uint8Array): Omit<WebhookEvent<Data>, 'id'> {
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
    return JSON.parse(text) as Omit<WebhookEvent<Data>, 'id'>;
  } catch (error) {
    throw new WebhookError('The payload is signed, and is not JSON.', { cause: error });
  }
}

function decodeBase64(text: string): Uint8Array<ArrayBuffer> | undefined {
  try {
    return Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0));
  } catch {
    return undefined;
  }
}

function concatenate(head: Uint8Array, tail: Uint8Array): Uint8Array<ArrayBuffer> {
  const whole = new Uint8Array(head.length + tail.length);
  whole.set(head);
  whole.set(tail, head.length);
  return whole;
}
