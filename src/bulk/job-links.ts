import { z } from 'zod';
import { createSignedLinks, type SignedLinks } from '../tenancy/signed-links.ts';

export const RESULT_FORMATS = ['JSONL', 'CSV'] as const;
export type ResultFormat = (typeof RESULT_FORMATS)[number];

/** What a link downloads. */
export interface JobDownload {
  tenantId: string;
  jobId: string;
  format: ResultFormat;
}

const JobDownload = z.object({ tenantId: z.uuid(), jobId: z.uuid(), format: z.enum(RESULT_FORMATS) });

export type JobLinks = SignedLinks<JobDownload>;

/** Links to the results of jobs. */
export function createJobLinks(secret: Uint8Array): JobLinks {
  return createSignedLinks({ secret, prefix: 'txljd_', wanted: JobDownload });
}
