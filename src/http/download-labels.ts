import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { Services } from '../context.ts';
import { AppError } from '../errors.ts';
import type { LabelFormat } from '../taxonomy/files/label-file.ts';
import { LabelSource } from '../taxonomy/files/label-source.ts';
import { writeFile } from '../taxonomy/files/write-file.ts';
import type { Step } from './locals.ts';

const FILES: Record<LabelFormat, { type: string; name: string }> = {
  CSV: { type: 'text/csv; charset=utf-8', name: 'labels.csv' },
  JSON: { type: 'application/json; charset=utf-8', name: 'labels.json' },
  SHOPIFY: { type: 'text/plain; charset=utf-8', name: 'categories.txt' },
  GOOGLE: { type: 'text/plain; charset=utf-8', name: 'taxonomy-with-ids.txt' },
  IAB: { type: 'text/tab-separated-values; charset=utf-8', name: 'content-taxonomy.tsv' },
};

/**
 * The file that a link of `exportLabels` names, as fast as its reader takes it. The link is the credential. A draft
 * that is edited while it is sent breaks the connection: half a file must not look like a whole one.
 */
export function downloadLabels({ db, exportLinks }: Pick<Services, 'db' | 'exportLinks'>): Step {
  return async (request, response) => {
    const wanted = exportLinks.verify(request.params['token'] as string);
    if (!wanted) throw linkOver();
    const pieces = writeFile(new LabelSource(db, wanted), wanted);
    const first = await pieces.next(); // what cannot be read at all is answered as an error
    const { type, name } = FILES[wanted.format];
    response.set({ 'Content-Type': type, 'Content-Disposition': `attachment; filename="${name}"` });
    const rest = Readable.from(
      (async function* () {
        if (!first.done) yield first.value;
        yield* pieces;
      })(),
    );
    await pipeline(rest, response).catch((error: unknown) => {
      response.locals.logger.warn({ err: error }, 'a download broke off');
    });
  };
}

function linkOver(): AppError {
  return new AppError('NOT_FOUND', {
    message: 'There is no such download, or its time is over: ask exportLabels for a new link.',
  });
}
