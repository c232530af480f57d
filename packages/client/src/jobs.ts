import { TaxolensError, unwrap } from './errors.ts';
import { toImageInput, toTaxonomyRef, type Image, type TaxonomyChoice } from './images.ts';
import type { FileSource } from './multipart.ts';
import type { JobFragment, JobItemsQuery } from './operations.generated.ts';
import { CREATE_JOB, JOB_ITEMS, READ_JOB } from './operations.ts';
import { paginate } from './paginate.ts';
import type { CallOptions, Request } from './request.ts';
import { pause } from './retries.ts';
import type { ClassificationJobItemState, CreateClassificationJobInput } from './schema.generated.ts';

type Images = { images: readonly Image[]; file?: undefined } | { images?: undefined; file: FileSource };

/** Up to 10,000 images, or a JSONL file that names them. */
export type JobInput = Omit<CreateClassificationJobInput, 'items' | 'file' | 'taxonomies'> &
  Images & { taxonomies: readonly TaxonomyChoice[] };

export type Job = JobFragment;
export type JobItem = NonNullable<JobItemsQuery['classificationJob']>['items']['nodes'][number];

export interface WaitOptions extends CallOptions {
  /** Told of the job each time that it is looked at. */
  onProgress?: (job: Job) => void;
}

export interface ItemOptions extends CallOptions {
  /** Only items in this state. */
  state?: ClassificationJobItemState;
}

const SHORTEST_LOOK_MS = 250;
const LONGEST_LOOK_MS = 5_000;

/** Begins a job. Throws TaxolensUserError, TaxolensError. */
export async function createJob(
  request: Request,
  { images, file, taxonomies, ...rest }: JobInput,
  options?: CallOptions,
): Promise<Job> {
  const input = {
    idempotencyKey: crypto.randomUUID(),
    ...rest,
    ...(file ? { file } : { items: images!.map(toImageInput) }),
    taxonomies: taxonomies.map(toTaxonomyRef),
  };
  return unwrap((await request(CREATE_JOB, { input }, options)).createClassificationJob).job!;
}

/** The job once it has ended, COMPLETED or CANCELLED. It is looked at as often as its estimate makes worth it. */
export async function waitForJob(
  request: Request,
  id: string,
  { onProgress, signal }: WaitOptions = {},
): Promise<Job> {
  for (let lookMs = SHORTEST_LOOK_MS; ; lookMs = Math.min(lookMs * 2, LONGEST_LOOK_MS)) {
    const { classificationJob: job } = await request(READ_JOB, { id }, { signal });
    if (!job) throw new TaxolensError('NOT_FOUND', `There is no job ${id}.`);
    onProgress?.(job);
    if (job.state !== 'RUNNING') return job;
    await pause(Math.min(lookMs, Math.max(SHORTEST_LOOK_MS, job.etaMs ?? lookMs)), signal);
  }
}

/** The items of a job in their order, each with its five best predictions. */
export function jobItems(
  request: Request,
  id: string,
  { state, signal }: ItemOptions = {},
): AsyncGenerator<JobItem, void, undefined> {
  const variables = { id, filter: state ? { state } : null };
  return paginate(request, JOB_ITEMS, variables, (data) => data.classificationJob?.items, { signal });
}
