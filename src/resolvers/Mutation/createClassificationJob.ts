import { createJob } from '../../bulk/create-job.ts';
import { readJsonl } from '../../bulk/read-jsonl.ts';
import type { ImageSource } from '../../classification/classify-input.ts';
import { AppError } from '../../errors.ts';
import { BULK_LIMITS } from '../../limits.ts';
import type { CreateClassificationJobInput, MutationResolvers } from '../../schema/types.generated.ts';
import { requirePayer } from '../../tenancy/viewer.ts';
import { toImageContent } from '../image-content.ts';
import { toJobSettings } from '../job-settings.ts';
import { readFile } from '../read-file.ts';
import { withUserErrors } from '../user-errors.ts';

const ITEMS_FILE = {
  maxBytes: BULK_LIMITS.fileBytes,
  tooLarge: `A file of items has at most ${BULK_LIMITS.fileBytes} bytes; this one has more. Name images by URL, or send them in several jobs.`,
};

export const createClassificationJob: MutationResolvers['createClassificationJob'] = (
  _,
  { input },
  { viewer, services, requestId },
) =>
  withUserErrors(async () => {
    const owner = { ...requirePayer(viewer, 'CLASSIFY'), requestId };
    const job = await createJob(services, owner, { ...toJobSettings(input), items: toItems(input) });
    return { job };
  });

function toItems({ items, file }: CreateClassificationJobInput): ImageSource[] {
  if (!items === !file) {
    const message = "A job has either 'items' or a 'file' of them.";
    throw new AppError('INVALID_INPUT', { message, path: ['items'] });
  }
  if (file) return readJsonl(readFile(file, ITEMS_FILE));
  return items!.map(({ source, reference, metadata }) => ({
    content: toImageContent(source),
    reference: reference ?? null,
    metadata: metadata ?? null,
  }));
}
