import { randomBytes } from 'node:crypto';
import { z } from 'zod';
import { AppError } from '../errors.ts';
import { toId, toUuid } from '../ids.ts';
import { signClaims, verifyClaims } from './signing.ts';
import type { TenantDb } from './tenant-db.ts';
import { SCOPES, allows, requireKey, type Scope, type Viewer } from './viewer.ts';

export const TOKEN_TTL_SECONDS = { min: 60, max: 86_400 };
const MAX_ORIGINS = 20;

/** What tells an access token from other signed claims. */
const PREFIX = 'txlat_';

/** What an access token says. Short names: it travels with every request. */
const Claims = z.object({
  /** The tenant and the API key that it was minted from, as ids. */
  tid: z.string(),
  kid: z.string(),
  scopes: z.array(z.enum(SCOPES)),
  origins: z.array(z.string()),
  /** Seconds since the epoch. */
  exp: z.int(),
});

/** A token whose signature holds and whose time is not over. Whether its key still works is for the look-up to say. */
export interface VerifiedToken {
  tenantId: string;
  apiKeyId: string;
  scopes: Scope[];
  origins: string[];
  expiresAt: Date;
}

export interface AccessTokenInput {
  scopes: readonly Scope[];
  ttlSeconds: number;
  origins: readonly string[];
}

/** Signs and verifies the access tokens of an installation. Nothing of a token is stored. */
export class AccessTokens {
  readonly #secret: Uint8Array;
  readonly #now: () => number;

  /** `now`: milliseconds since the epoch. */
  constructor(secret: Uint8Array, now: () => number = Date.now) {
    this.#secret = secret;
    this.#now = now;
  }

  /** Mints a token from the viewer's key. Throws FORBIDDEN where a token asks for one, and INVALID_INPUT. */
  mint(
    viewer: Viewer,
    { scopes, ttlSeconds, origins }: AccessTokenInput,
  ): { token: string; expiresAt: Date } {
    const key = requireKey(viewer);
    const exp = Math.floor(this.#now() / 1000) + checkTtl(ttlSeconds);
    const claims: z.output<typeof Claims> = {
      tid: toId('tenant', key.tenantId),
      kid: toId('apikey', key.apiKeyId),
      scopes: checkScopes(key, scopes),
      origins: checkOrigins(origins),
      exp,
    };
    return { token: signClaims(this.#secret, PREFIX, claims), expiresAt: new Date(exp * 1000) };
  }

  /** What a token says, or null where it is none of ours, or its time is over. */
  verify(token: string): VerifiedToken | null {
    const claims = Claims.safeParse(verifyClaims(this.#secret, PREFIX, token));
    if (!claims.success) return null;
    const { tid, kid, scopes, origins, exp } = claims.data;
    const tenantId = toUuid('tenant', tid);
    const apiKeyId = toUuid('apikey', kid);
    if (tenantId === null || apiKeyId === null || exp * 1000 <= this.#now()) return null;
    return { tenantId, apiKeyId, scopes, origins, expiresAt: new Date(exp * 1000) };
  }
}

/** The signing secret of the installation, made by whichever process starts first. */
export async function prepareTokenSecret(db: TenantDb): Promise<Uint8Array> {
  const made = randomBytes(32);
  const [row] = await db.withOperator(
    (tx) => tx.$queryRaw<{ secret: Uint8Array }[]>`
      insert into installation as present (id, access_token_secret) values (1, ${made})
      on conflict (id) do update
        set access_token_secret = coalesce(present.access_token_secret, excluded.access_token_secret)
      returning access_token_secret as secret`,
  );
  return row!.secret;
}

function checkTtl(ttlSeconds: number): number {
  const { min, max } = TOKEN_TTL_SECONDS;
  if (ttlSeconds >= min && ttlSeconds <= max) return ttlSeconds;
  throw invalid(`A token lives ${min} to ${max} seconds; got ${ttlSeconds}.`, 'ttlSeconds');
}

function checkScopes(viewer: Viewer, scopes: readonly Scope[]): Scope[] {
  const distinct = [...new Set(scopes)];
  if (distinct.length === 0) throw invalid('A token needs at least one scope.', 'scopes');
  const lacking = distinct.filter((scope) => !allows(viewer, scope));
  if (lacking.length === 0) return distinct;
  throw invalid(`A key cannot give what it does not have: ${lacking.join(', ')}.`, 'scopes');
}

function checkOrigins(origins: readonly string[]): string[] {
  if (origins.length === 0 || origins.length > MAX_ORIGINS) {
    throw invalid(`A token is for 1 to ${MAX_ORIGINS} origins; got ${origins.length}.`, 'origins');
  }
  return [...new Set(origins.map((origin, index) => toOrigin(origin, index)))];
}

function toOrigin(text: string, index: number): string {
  const url = URL.canParse(text) ? new URL(text) : null;
  const isOrigin = url !== null && /^https?:$/.test(url.protocol) && url.href === `${url.origin}/`;
  if (isOrigin) return url.origin;
  const message = `An origin is a scheme, a host and perhaps a port, such as 'https://app.example'; got '${text.slice(0, 100)}'.`;
  throw invalid(message, 'origins', String(index));
}

function invalid(message: string, ...path: string[]): AppError {
  return new AppError('INVALID_INPUT', { message, path });
}
