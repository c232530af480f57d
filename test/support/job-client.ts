import type { Client, Files } from './client.ts';
import { until } from './poll.ts';
import type { UserError } from './taxonomy-client.ts';

export interface JobCounts {
  total: number;
  pending: number;
  succeeded: number;
  failed: number;
  cancelled: number;
}

export interface Job {
  id: string;
  state: 'RUNNING' | 'COMPLETED' | 'CANCELLED';
  counts: JobCounts;
  progress: number;
  etaMs: number | null;
  finishedAt: string | null;
}

export interface JobItem {
  index: number;
  reference: string | null;
  state: string;
  outcomes: { id?: string; code?: string; top?: { label: { key: string } } }[];
}

interface JobPayload {
  job: Job | null;
  userErrors: UserError[];
}

const JOB = 'id state counts { total pending succeeded failed cancelled } progress etaMs finishedAt';

/** Talks about classification jobs with one key. */
export function jobClient(client: Client, key: string) {
  async function mutate(field: string, input: object, files?: Files): Promise<JobPayload> {
    const type = `${field[0]!.toUpperCase()}${field.slice(1)}Input!`;
    const query = `mutation ($input: ${type}) {
      ${field}(input: $input) { job { ${JOB} } userErrors { code message path } } }`;
    const { data, errors } = await client.send<Record<string, JobPayload>>({
      query,
      variables: { input },
      key,
      ...(files && { files }),
    });
    if (!data?.[field]) throw new Error(`GraphQL failed: ${JSON.stringify(errors)}`);
    return data[field];
  }
  const create = (input: object, files?: Files) =>
    mutate('createClassificationJob', { taxonomies: [{ by: { name: 'animals' } }], ...input }, files);
  const read = async (id: string): Promise<Job | null> =>
    (
      await client.graphql<{ classificationJob: Job | null }>(
        `query ($id: ID!) { classificationJob(id: $id) { ${JOB} } }`,
        { id },
        key,
      )
    ).classificationJob;
  return {
    create,
    reclassify: (input: object) =>
      mutate('reclassify', { taxonomies: [{ by: { name: 'animals' } }], ...input }),
    /** Throws where it is refused. */
    async begin(input: object, files?: Files): Promise<Job> {
      const { job, userErrors } = await create(input, files);
      if (!job) throw new Error(`The job was refused: ${JSON.stringify(userErrors)}`);
      return job;
    },
    read,
    cancel: (id: string) => mutate('cancelClassificationJob', { id }),
    retry: (id: string) => mutate('retryClassificationJob', { id }),
    /** The job once it has ended. */
    async ended(id: string): Promise<Job> {
      let job: Job | null = null;
      await until('the job has ended', async () => (job = await read(id))?.state !== 'RUNNING', 60_000);
      return job!;
    },
    /** All items, page by page. */
    async items(id: string, filter: object = {}): Promise<JobItem[]> {
      const query = `query ($id: ID!, $after: String, $filter: ClassificationJobItemFilter) {
        classificationJob(id: $id) { items(first: 100, after: $after, filter: $filter) {
          nodes { index reference state outcomes {
            ... on Classification { id top { label { key } } } ... on ClassificationError { code } } }
          pageInfo { hasNextPage endCursor } } } }`;
      const seen: JobItem[] = [];
      for (let after: string | null = null; ;) {
        const { classificationJob }: { classificationJob: { items: ItemPage } } = await client.graphql(
          query,
          { id, after, filter },
          key,
        );
        seen.push(...classificationJob.items.nodes);
        if (!classificationJob.items.pageInfo.hasNextPage) return seen;
        after = classificationJob.items.pageInfo.endCursor;
      }
    },
    async downloadUrl(id: string, format: 'JSONL' | 'CSV'): Promise<string> {
      const { classificationJob } = await client.graphql<{ classificationJob: { downloadUrl: string } }>(
        `query ($id: ID!, $format: JobResultFormat!) { classificationJob(id: $id) { downloadUrl(format: $format) } }`,
        { id, format },
        key,
      );
      return classificationJob.downloadUrl;
    },
  };
}

interface ItemPage {
  nodes: JobItem[];
  pageInfo: { hasNextPage: boolean; endCursor: string | null };
}
