import { z } from 'zod';
import { signClaims, verifyClaims } from './signing.ts';

const LIFETIME_MS = 10 * 60_000;

/** Links that say themselves what they download: signed with the secret of the installation, and stored nowhere. */
export interface SignedLinks<Wanted> {
  /** The token of a link. Whoever has it may: it lives for ten minutes, and names one thing. */
  sign(wanted: Wanted): string;
  /** Null where the token is none of ours, or its time is over. */
  verify(token: string): Wanted | null;
}

export interface SignedLinksOptions<Wanted> {
  secret: Uint8Array;
  /** Tokens of one kind are not taken for another's. */
  prefix: string;
  wanted: z.ZodType<Wanted>;
  /** Milliseconds since the epoch. */
  now?: () => number;
}

export function createSignedLinks<Wanted>(options: SignedLinksOptions<Wanted>): SignedLinks<Wanted> {
  const { secret, prefix, wanted, now = Date.now } = options;
  const claimsOf = z.object({ wanted, expiresAt: z.int() });
  return {
    sign: (value) => signClaims(secret, prefix, { wanted: value, expiresAt: now() + LIFETIME_MS }),
    verify(token) {
      const claims = verifyClaims(secret, prefix, token);
      if (claims === null) return null;
      const { wanted: value, expiresAt } = claimsOf.parse(claims);
      return expiresAt > now() ? (value as Wanted) : null;
    },
  };
}
