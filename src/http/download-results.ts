import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { writeResults } from '../bulk/write-results.ts';
import type { ResultFormat } from '../bulk/job-links.ts';
import type { Services } from '../context.ts';
import { AppError } from '../errors.ts';
import type { Step } from './locals.ts';

const FILES: Record<ResultFormat, { type: string; name: string }> = {
  JSONL: { type: 'application/jsonl; charset=utf-8', name: 'results.jsonl' },
  CSV: { type: 'text/csv; charset=utf-8', name: 'results.csv' },
};

/** The results that a link of `ClassificationJob.downloadUrl` names, as they are now. The link is the credential. */
export function downloadResults({ db, jobLinks }: Pick<Services, 'db' | 'jobLinks'>): Step {
  return async (request, response) => {
    const wanted = jobLinks.verify(request.params['token'] as string);
    if (!wanted) {
      const message =
        'There is no such download, or its time is over: ask for a new `downloadUrl` of the job.';
      throw new AppError('NOT_FOUND', { message });
    }
    const { type, name } = FILES[wanted.format];
    response.set({ 'Content-Type': type, 'Content-Disposition': `attachment; filename="${name}"` });
    await pipeline(Readable.from(writeResults(db, wanted)), response).catch((error: unknown) => {
      response.locals.logger.warn({ err: error }, 'a download broke off');
    });
  };
}
