import { z } from 'zod';
import { signClaims, verifyClaims } from '../tenancy/signing.ts';

export const RESULT_FORMATS = ['JSONL', 'CSV'] as const;
export type ResultFormat = (typeof RESULT_FORMATS)[number];

/** What a link downloads. Whoever has it may: it lives for minutes, and names one job. */
export interface JobDownload {
  tenantId: string;
  jobId: string;
  format: ResultFormat;
}

const Claims = z.object({
  tenantId: z.uuid(),
  jobId: z.uuid(),
  format: z.enum(RESULT_FORMATS),
  /** Milliseconds since the epoch. */
  expiresAt: z.int(),
});

const PREFIX = 'txljd_';
const LIFETIME_MS = 10 * 60_000;

/** Links to the results of jobs: signed with the secret of the installation, and stored nowhere. */
export interface JobLinks {
  sign(wanted: JobDownload): string;
  /** Null where the token is none of ours, or its time is over. */
  verify(token: string): JobDownload | null;
}

/** `now`: milliseconds since the epoch. */
export function createJobLinks(secret: Uint8Array, now: () => number = Date.now): JobLinks {
  return {
    sign: (wanted) => signClaims(secret, PREFIX, { ...wanted, expiresAt: now() + LIFETIME_MS }),
    verify(token) {
      const claims = verifyClaims(secret, PREFIX, token);
      if (claims === null) return null;
      const { expiresAt, ...wanted } = Claims.parse(claims);
      return expiresAt > now() ? wanted : null;
    },
  };
}
