import { createHmac, timingSafeEqual } from 'node:crypto';

const SIGNED = /^([\w.-]{1,8000})\.([\w-]{43})$/;

/**
 * Claims as a text that only the holder of the secret can make: `<prefix><JSON in base64url>.<HMAC-SHA-256 of what
 * stands before the point>`. Anybody can read them. The prefix tells kinds apart: one is never taken for another.
 */
export function signClaims(secret: Uint8Array, prefix: string, claims: unknown): string {
  const body = prefix + Buffer.from(JSON.stringify(claims)).toString('base64url');
  return `${body}.${hmac(secret, body).toString('base64url')}`;
}

/** The claims of such a text, or null where it is none of this secret and prefix. Whether they still hold is not looked at. */
export function verifyClaims(secret: Uint8Array, prefix: string, signed: string): unknown {
  const [, body, signature] = SIGNED.exec(signed) ?? [];
  if (body === undefined || signature === undefined || !body.startsWith(prefix)) return null;
  if (!timingSafeEqual(hmac(secret, body), Buffer.from(signature, 'base64url'))) return null;
  return JSON.parse(Buffer.from(body.slice(prefix.length), 'base64url').toString()) as unknown;
}

function hmac(secret: Uint8Array, body: string): Buffer {
  return createHmac('sha256', secret).update(body).digest();
}
