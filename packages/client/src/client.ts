import { classify, type ClassifyInput, type ImageResult } from './classify.ts';
import { connect, type ClientOptions } from './connection.ts';
import {
  createJob,
  jobItems,
  waitForJob,
  type ItemOptions,
  type Job,
  type JobInput,
  type JobItem,
  type WaitOptions,
} from './jobs.ts';
import { paginate, type Page } from './paginate.ts';
import { publish, type PublishOptions, type Version } from './publish.ts';
import { makeRequest, type CallOptions, type Request } from './request.ts';
import type { PublishTaxonomyInput } from './schema.generated.ts';
import { subscribe, type SubscribeOptions, type Update } from './subscribe.ts';
import type { TypedDocument } from './typed-document.ts';

/** Talks to one server with one credential. Every call takes an AbortSignal and may throw TaxolensError. */
export interface Client {
  /** Any operation of the API; files stand in its variables as Blob, File or bytes. */
  request: Request;
  /** Classifies 1 to 100 images and waits for them. */
  classify(input: ClassifyInput, options?: CallOptions): Promise<ImageResult[]>;
  /** Begins to classify up to 10,000 images beside other work. */
  createJob(input: JobInput, options?: CallOptions): Promise<Job>;
  /** The job once it has ended. */
  waitForJob(id: string, options?: WaitOptions): Promise<Job>;
  /** The items of a job in their order, each with its five best predictions. */
  jobItems(id: string, options?: ItemOptions): AsyncGenerator<JobItem, void, undefined>;
  /** Publishes the draft of a taxonomy; the version once it is READY. */
  publish(input: PublishTaxonomyInput, options?: PublishOptions): Promise<Version>;
  /** Every item of a connection. The document has a variable `$after: String`; `pick` finds the connection. */
  paginate<Result, Variables extends { after?: string | null | undefined }, Item>(
    document: TypedDocument<Result, Variables>,
    variables: Variables,
    pick: (data: Result) => Page<Item> | null | undefined,
    options?: CallOptions,
  ): AsyncGenerator<Item, void, undefined>;
  /** The updates of a subscription, through connections that break. */
  subscribe<Result, Variables>(
    document: TypedDocument<Result, Variables>,
    variables: Variables,
    options?: SubscribeOptions,
  ): AsyncGenerator<Update<Result>, void, undefined>;
}

export function createClient(options: ClientOptions): Client {
  const connection = connect(options);
  const request = makeRequest(connection);
  return {
    request,
    classify: (input, call) => classify(request, input, call),
    createJob: (input, call) => createJob(request, input, call),
    waitForJob: (id, call) => waitForJob(request, id, call),
    jobItems: (id, call) => jobItems(request, id, call),
    publish: (input, call) => publish(request, input, call),
    paginate: (document, variables, pick, call) => paginate(request, document, variables, pick, call),
    subscribe: (document, variables, call) => subscribe(connection, document, variables, call),
  };
}
