/** Internal type. DO NOT USE DIRECTLY. */
type Exact<T extends { [key: string]: unknown }> = { [K in keyof T]: T[K] };
/** Internal type. DO NOT USE DIRECTLY. */
export type Incremental<T> = T | { [P in keyof T]?: P extends ' $fragmentName' | '__typename' ? T[P] : never };
/** Narrows the items of a job. */
export type ClassificationJobItemFilter = {
  /** Those in this state. */
  state?: ClassificationJobItemState | null | undefined;
};

/** Where an item of a job stands. */
export type ClassificationJobItemState =
  /** The job was cancelled before its turn. */
  | 'CANCELLED'
  /** It has none; its outcomes say why. */
  | 'FAILED'
  /** It waits. */
  | 'PENDING'
  /** It has at least one classification. */
  | 'SUCCEEDED';

/** Where a classification job stands. */
export type ClassificationJobState =
  /** It was cancelled; what had been classified before stays. */
  | 'CANCELLED'
  /** Every item has succeeded or failed. */
  | 'COMPLETED'
  /** Its items are being classified, or wait for it. */
  | 'RUNNING';

/** The input of `classifyImages`. */
export type ClassifyImagesInput = {
  /** The same key and input, within 24 hours, give the first answer again. */
  idempotencyKey?: string | null | undefined;
  /** 1 to 100 images; the results keep their order. */
  images: Array<ImageInput>;
  /** The language of the label names in the answer; the taxonomy's default where left out. */
  language?: string | null | undefined;
  /** Leaves out predictions that score lower, 0 to 1. */
  minScore?: number | null | undefined;
  /** The language whose label embeddings are scored; the taxonomy's default, if the model knows it, where left out, else the first that the model knows. */
  promptLanguage?: string | null | undefined;
  /** 1 to 10 taxonomies; the outcomes keep their order. */
  taxonomies: Array<TaxonomyRef>;
  /** How many predictions are stored and returned at most, 1 to 100. Images x taxonomies x topK: at most 20,000. */
  topK?: number;
};

/** The input of `createClassificationJob`: either `items` or a `file`. */
export type CreateClassificationJobInput = {
  /** A JSONL file of up to 16 MB, an image a line: `{"url": …}` or `{"base64": …}`, and perhaps `reference` and `metadata`. */
  file?: import('./multipart.ts').FileSource | null | undefined;
  /** The same key and input, within 24 hours, give the same job. */
  idempotencyKey?: string | null | undefined;
  /** 1 to 10,000 images. Bytes that are sent are kept for 7 days at most, and until they are classified: 1 GB a tenant. */
  items?: Array<ImageInput> | null | undefined;
  /** The language of the label names; the taxonomy's default where left out. */
  language?: string | null | undefined;
  /** Leaves out predictions that score lower, 0 to 1. */
  minScore?: number | null | undefined;
  /** The language whose label embeddings are scored, as in `classifyImages`. */
  promptLanguage?: string | null | undefined;
  /** 1 to 10 taxonomies; the outcomes keep their order. */
  taxonomies: Array<TaxonomyRef>;
  /** How many predictions are stored at most, 1 to 100. */
  topK?: number;
};

/** Everything that can go wrong, in whichever channel it is told. */
export type ErrorCode =
  /** The operation asks for more than one operation may. */
  | 'COST_LIMIT'
  /** The work took longer than it may. */
  | 'DEADLINE_EXCEEDED'
  /** The credential lacks the scope that the operation needs. */
  | 'FORBIDDEN'
  /** The idempotency key was used with another input. */
  | 'IDEMPOTENCY_CONFLICT'
  /** The first request with this idempotency key is still running. */
  | 'IDEMPOTENCY_IN_PROGRESS'
  /** The image is empty, truncated or broken. */
  | 'IMAGE_CORRUPT'
  /** The image could not be fetched from its URL. */
  | 'IMAGE_FETCH_FAILED'
  /** The image has too many bytes or pixels. */
  | 'IMAGE_TOO_LARGE'
  /** The format of the image is not one of those that are read. */
  | 'IMAGE_UNSUPPORTED'
  /** A fault of the server; the request id finds it in the log. */
  | 'INTERNAL'
  /** A value of the input is not acceptable. */
  | 'INVALID_INPUT'
  /** A label would become its own ancestor. */
  | 'LABEL_CYCLE'
  /** The model is not loaded here. */
  | 'MODEL_NOT_AVAILABLE'
  /** The name is taken in this tenant. */
  | 'NAME_TAKEN'
  /** There is no such object that the viewer may see. */
  | 'NOT_FOUND'
  /** There is more work waiting than the server accepts; try again later. */
  | 'OVERLOADED'
  /** The quota of the tenant is used up. */
  | 'QUOTA_EXCEEDED'
  /** Too many requests; try again later. */
  | 'RATE_LIMITED'
  /** The draft has been edited since `expectedRevision`. */
  | 'REVISION_CONFLICT'
  /** The draft has no labels. */
  | 'TAXONOMY_EMPTY'
  /** The taxonomy has no version that is READY. */
  | 'TAXONOMY_NOT_PUBLISHED'
  /** No credential came, or one that is unknown, expired or revoked. */
  | 'UNAUTHENTICATED'
  /** The URL points where this server may not go. */
  | 'URL_NOT_ALLOWED';

/** The formats that are read. */
export type ImageFormat =
  /** AVIF; of a sequence the first picture. */
  | 'AVIF'
  /** GIF; of an animation the first frame. */
  | 'GIF'
  /** JPEG. */
  | 'JPEG'
  /** PNG. */
  | 'PNG'
  /** WebP; of an animation the first frame. */
  | 'WEBP';

/** An image to classify. */
export type ImageInput = {
  /** What to say of it, up to 10,000 bytes of JSON. */
  metadata?: Record<string, unknown> | null | undefined;
  /** What to call it, up to 500 characters. */
  reference?: string | null | undefined;
  /** Where its bytes are. */
  source: ImageSource;
};

/** Where the bytes of an image are. */
export type ImageSource =
  {   /** Its bytes in base64, plain or as a data URL (whose media type is not looked at). */
  base64: string; upload?: never; url?: never; }
  |  { base64?: never;   /** A file of the multipart request. */
  upload: import('./multipart.ts').FileSource; url?: never; }
  |  { base64?: never; upload?: never;   /** Where the server fetches it: http or https, ports 80 and 443, public addresses. Else URL_NOT_ALLOWED in this image's place. */
  url: string; };

/** The input of `publishTaxonomy`. */
export type PublishTaxonomyInput = {
  /** The revision of the draft that the caller has seen. */
  expectedRevision: number;
  /** The same key and input, within 24 hours, give the first answer again. */
  idempotencyKey?: string | null | undefined;
  /** What to say of the version. */
  note?: string | null | undefined;
  /** The taxonomy. */
  taxonomyId: string;
  /** How long to wait for the version to become READY, 0 to 60,000 milliseconds. It goes on afterwards: ask for `progress`. */
  waitMs?: number;
};

/** Kinds of warnings at publish. */
export type PublishWarningCode =
  /** A language of the taxonomy is not one of the model's: its names are shown, never scored. */
  | 'LANGUAGE_UNKNOWN_TO_MODEL'
  /** Labels have no name in a prompt language and are scored by their name in the default language. */
  | 'NAME_MISSING'
  /** Label embeddings have a cosine of 0.98 or more: the model can hardly tell the labels apart. */
  | 'NEAR_DUPLICATE'
  /** The model finds no word in prompts: their scores mean nothing. */
  | 'PROMPT_EMPTY'
  /** Prompts have more tokens than the model reads: it leaves out their ends. */
  | 'PROMPT_TOO_LONG'
  /** No label is scored by a name in a language that prompt templates are in: they are not used. */
  | 'TEMPLATE_UNUSED';

/** Names one taxonomy. */
export type TaxonomyBy =
  {   /** By its id. */
  id: string; name?: never; }
  |  { id?: never;   /** By its name. */
  name: string; };

/** Names one taxonomy and, where wanted, one of its versions. */
export type TaxonomyRef = {
  /** Its id or its name. */
  by: TaxonomyBy;
  /** The number of a version; the newest READY one where left out. */
  version?: number | null | undefined;
};

/** The life of a version. */
export type TaxonomyVersionState =
  /** Its prompts are being embedded. */
  | 'EMBEDDING'
  /** Its prompts could not be embedded; `failure` says why. Publish again. */
  | 'FAILED'
  /** It can be classified against. */
  | 'READY';

type Outcome_Classification_Fragment = { __typename: 'Classification', id: string, taxonomyVersion: { id: string, number: number }, predictions: Array<{ name: string, score: number, similarity: number, label: { key: string }, path: Array<{ key: string }> }> };

type Outcome_ClassificationError_Fragment = { __typename: 'ClassificationError', code: ErrorCode, message: string };

export type OutcomeFragment =
  | Outcome_Classification_Fragment
  | Outcome_ClassificationError_Fragment
;

export type MistakeFragment = { code: ErrorCode, message: string, path: Array<string>, details: Record<string, unknown> | null };

export type JobFragment = { id: string, state: ClassificationJobState, progress: number, etaMs: number | null, createdAt: string, finishedAt: string | null, counts: { total: number, pending: number, succeeded: number, failed: number, cancelled: number } };

export type VersionFragment = { id: string, number: number, state: TaxonomyVersionState, failure: string | null, labelCount: number, progress: { embedded: number, total: number }, warnings: Array<{ code: PublishWarningCode, message: string, labelKeys: Array<string> }> };

export type ClassifyMutationVariables = Exact<{
  input: ClassifyImagesInput;
  predictions?: number | null | undefined;
}>;


export type ClassifyMutation = { classifyImages: { results: Array<{ index: number, reference: string | null, image: { sha256: string, width: number, height: number, format: ImageFormat, sizeBytes: number } | null, outcomes: Array<
        | { __typename: 'Classification', id: string, taxonomyVersion: { id: string, number: number }, predictions: Array<{ name: string, score: number, similarity: number, label: { key: string }, path: Array<{ key: string }> }> }
        | { __typename: 'ClassificationError', code: ErrorCode, message: string }
      > }>, userErrors: Array<{ code: ErrorCode, message: string, path: Array<string>, details: Record<string, unknown> | null }> } };

export type CreateJobMutationVariables = Exact<{
  input: CreateClassificationJobInput;
}>;


export type CreateJobMutation = { createClassificationJob: { job: { id: string, state: ClassificationJobState, progress: number, etaMs: number | null, createdAt: string, finishedAt: string | null, counts: { total: number, pending: number, succeeded: number, failed: number, cancelled: number } } | null, userErrors: Array<{ code: ErrorCode, message: string, path: Array<string>, details: Record<string, unknown> | null }> } };

export type JobQueryVariables = Exact<{
  id: string;
}>;


export type JobQuery = { classificationJob: { id: string, state: ClassificationJobState, progress: number, etaMs: number | null, createdAt: string, finishedAt: string | null, counts: { total: number, pending: number, succeeded: number, failed: number, cancelled: number } } | null };

export type JobItemsQueryVariables = Exact<{
  id: string;
  filter?: ClassificationJobItemFilter | null | undefined;
  after?: string | null | undefined;
  predictions?: number | null | undefined;
}>;


export type JobItemsQuery = { classificationJob: { items: { nodes: Array<{ index: number, reference: string | null, url: string | null, state: ClassificationJobItemState, outcomes: Array<
          | { __typename: 'Classification', id: string, taxonomyVersion: { id: string, number: number }, predictions: Array<{ name: string, score: number, similarity: number, label: { key: string }, path: Array<{ key: string }> }> }
          | { __typename: 'ClassificationError', code: ErrorCode, message: string }
        > }>, pageInfo: { hasNextPage: boolean, endCursor: string | null } } } | null };

export type PublishMutationVariables = Exact<{
  input: PublishTaxonomyInput;
}>;


export type PublishMutation = { publishTaxonomy: { version: { id: string, number: number, state: TaxonomyVersionState, failure: string | null, labelCount: number, progress: { embedded: number, total: number }, warnings: Array<{ code: PublishWarningCode, message: string, labelKeys: Array<string> }> } | null, userErrors: Array<{ code: ErrorCode, message: string, path: Array<string>, details: Record<string, unknown> | null }> } };

export type VersionQueryVariables = Exact<{
  id: string;
}>;


export type VersionQuery = { node:
    | { id: string, number: number, state: TaxonomyVersionState, failure: string | null, labelCount: number, progress: { embedded: number, total: number }, warnings: Array<{ code: PublishWarningCode, message: string, labelKeys: Array<string> }> }
    | Record<PropertyKey, never>
   | null };
