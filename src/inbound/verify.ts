import { createHmac, timingSafeEqual } from 'node:crypto';
import type { IncomingHttpHeaders } from 'node:http';
import type { InboundHookScheme } from '../database/generated/client.ts';
import { AppError } from '../errors.ts';
import { readBearer } from '../tenancy/authenticate.ts';

/** Where a sender puts an HMAC-SHA-256 of the body; the JSON of `InboundHook.hmacHeader`. */
export interface HmacHeader {
  name: string;
  encoding: 'HEX' | 'BASE64';
  /** What stands before the digest: `sha256=`. */
  prefix: string;
  /** The header with seconds since the epoch, where `<seconds>.<body>` is what is signed; null: the body alone is. */
  timestampHeader: string | null;
}

export interface Credential {
  scheme: InboundHookScheme;
  hmacHeader: HmacHeader | null;
  /** Whichever of these it is. */
  secrets: readonly string[];
}

/** What has come: headers and the body byte for byte. */
export interface Received {
  headers: IncomingHttpHeaders;
  body: Buffer;
  now: Date;
}

/** How far the sender's clock, and the way, may be off. */
const TOLERANCE_SECONDS = 300;
const SECONDS = /^\d{1,12}$/;

/** Throws UNAUTHENTICATED for what is seen before the body is read: a wrong key, or a timestamp that is off. */
export function checkHeaders(
  { scheme, hmacHeader, secrets }: Credential,
  received: Omit<Received, 'body'>,
): void {
  if (scheme === 'BEARER') return requireBearer(secrets, received);
  const header = scheme === 'STANDARD_WEBHOOKS' ? 'webhook-timestamp' : hmacHeader!.timestampHeader;
  if (header !== null) readTimestamp(received, header);
}

/**
 * Throws UNAUTHENTICATED where the message does not come from who has the secret, or is too old. Gives the id of the
 * message that the sender vouches for; null: none. A header that no signature covers is no such id, since whoever
 * overhears a message could send it again under another: only who sends the secret itself is taken at its word.
 */
export function verify({ scheme, hmacHeader, secrets }: Credential, received: Received): string | null {
  if (scheme === 'STANDARD_WEBHOOKS') return verifyStandard(secrets, received);
  if (scheme === 'HMAC_HEADER') return verifyHmac(hmacHeader!, secrets, received);
  requireBearer(secrets, received);
  return headerOf(received, 'webhook-id') || null;
}

/** Source: Standard Webhooks, "Signature scheme" (v1: HMAC-SHA-256 of `id.timestamp.body`). */
function verifyStandard(secrets: readonly string[], received: Received): string {
  const id = headerOf(received, 'webhook-id');
  const timestamp = readTimestamp(received, 'webhook-timestamp');
  if (id === '') throw refused();
  const expected = secrets.map((secret) => {
    const key = Buffer.from(secret.slice(secret.indexOf('_') + 1), 'base64');
    return `v1,${hmac(key, [`${id}.${timestamp}.`, received.body], 'base64')}`;
  });
  const given = headerOf(received, 'webhook-signature').split(' ');
  if (!given.some((one) => isOneOf(expected, one))) throw refused();
  return id;
}

function verifyHmac(
  { name, encoding, prefix, timestampHeader }: HmacHeader,
  secrets: readonly string[],
  received: Received,
): null {
  const signed = timestampHeader === null ? [] : [`${readTimestamp(received, timestampHeader)}.`];
  const format = encoding === 'HEX' ? 'hex' : 'base64';
  const expected = secrets.map((secret) => prefix + hmac(secret, [...signed, received.body], format));
  requireOne(expected, headerOf(received, name));
  return null;
}

function requireBearer(secrets: readonly string[], received: Omit<Received, 'body'>): void {
  requireOne(secrets, readBearer(headerOf(received, 'authorization')) ?? '');
}

function readTimestamp(received: Omit<Received, 'body'>, header: string): string {
  const timestamp = headerOf(received, header);
  const ageSeconds = received.now.getTime() / 1000 - Number(timestamp);
  if (SECONDS.test(timestamp) && Math.abs(ageSeconds) <= TOLERANCE_SECONDS) return timestamp;
  throw refused();
}

function headerOf({ headers }: Pick<Received, 'headers'>, name: string): string {
  const value = headers[name.toLowerCase()];
  return typeof value === 'string' ? value : '';
}

function hmac(key: Buffer | string, parts: (string | Buffer)[], format: 'hex' | 'base64'): string {
  const digest = createHmac('sha256', key);
  for (const part of parts) digest.update(part);
  return digest.digest(format);
}

function requireOne(expected: readonly string[], given: string): void {
  if (!isOneOf(expected, given)) throw refused();
}

/** By their texts, not by what they decode to: base64 has several texts for the same bytes. */
function isOneOf(expected: readonly string[], given: string): boolean {
  const bytes = Buffer.from(given);
  return expected.some((one) => {
    const wanted = Buffer.from(one);
    return wanted.length === bytes.length && timingSafeEqual(wanted, bytes);
  });
}

/** In the same words whatever is wrong. */
function refused(): AppError {
  return new AppError('UNAUTHENTICATED', {
    message: `The signature or key of the message is not that of this hook, or its timestamp is more than ${TOLERANCE_SECONDS} seconds off.`,
  });
}
