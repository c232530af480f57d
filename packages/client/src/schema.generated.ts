export type Maybe<T> = T | null;
export type InputMaybe<T> = Maybe<T>;
/** All built-in and custom scalars, mapped to their actual values */
export type Scalars = {
  ID: { input: string; output: string; }
  String: { input: string; output: string; }
  Boolean: { input: boolean; output: boolean; }
  Int: { input: number; output: number; }
  Float: { input: number; output: number; }
  /** A time in RFC 3339 with its offset, answered in UTC: `2026-01-31T12:00:00.000Z`. */
  DateTime: { input: string; output: string; }
  /** A JSON object of the caller's own making, given back as it came. */
  JSONObject: { input: Record<string, unknown>; output: Record<string, unknown>; }
  /** A language tag of BCP 47, answered in its canonical form: `en`, `zh`, `zh-Hant-TW`. */
  LanguageTag: { input: string; output: string; }
  /** A URL as text, absolute, up to 2,048 characters. */
  URL: { input: string; output: string; }
  /** A file of a multipart request (the GraphQL multipart request specification). */
  Upload: { input: import('./multipart.ts').FileSource; output: never; }
};

/** A short-lived credential that was minted from an API key. It is stored nowhere. */
export type AccessToken = {
  /** When it stops working. */
  expiresAt: Scalars['DateTime']['output'];
  /** The origins of the pages that may use it. */
  origins: Array<Scalars['URL']['output']>;
};

/** How logits become scores. */
export type Activation =
  /** Each label is scored by itself. */
  | 'SIGMOID'
  /** The scores of all labels of a version add up to 1. */
  | 'SOFTMAX';

/** A credential of a tenant. Its secret is shown once, when it is made. */
export type ApiKey = Node & {
  /** When it was created. */
  createdAt: Scalars['DateTime']['output'];
  /** When it stops working; null: never. */
  expiresAt: Maybe<Scalars['DateTime']['output']>;
  /** The last characters of the secret, to recognise it by. */
  hint: Scalars['String']['output'];
  /** A TypeID: `apikey_…`. */
  id: Scalars['ID']['output'];
  /** Images a minute that it may classify, beside the quota of the tenant, which is counted the same way; null: no limit of its own. */
  imagesPerMinute: Maybe<Scalars['Int']['output']>;
  /** When it was last used, to the minute; null: never. */
  lastUsedAt: Maybe<Scalars['DateTime']['output']>;
  /** What its owner calls it. */
  name: Scalars['String']['output'];
  /** When it was revoked; null: it was not. */
  revokedAt: Maybe<Scalars['DateTime']['output']>;
  /** What it allows. */
  scopes: Array<Scope>;
  /** Whether it works. */
  state: ApiKeyState;
};

/** A page of API keys. */
export type ApiKeyConnection = {
  /** The API keys with their cursors. */
  edges: Array<ApiKeyEdge>;
  /** The API keys alone. */
  nodes: Array<ApiKey>;
  /** Where the page stands. */
  pageInfo: PageInfo;
};

/** One API key of a page. */
export type ApiKeyEdge = {
  /** Where it stands. */
  cursor: Scalars['String']['output'];
  /** The API key. */
  node: ApiKey;
};

/** Narrows a list of API keys; all that is given must hold. */
export type ApiKeyFilter = {
  /** Those whose name contains this, in any case. */
  nameContains?: InputMaybe<Scalars['String']['input']>;
  /** Those that were made with this scope. */
  scope?: InputMaybe<Scope>;
  /** Those in this state. */
  state?: InputMaybe<ApiKeyState>;
};

/** The order of a list of API keys. */
export type ApiKeyOrder =
  /** The newest first. */
  | 'CREATED_AT_DESC'
  /** By name, A to Z. */
  | 'NAME_ASC';

/** Whether an API key works. */
export type ApiKeyState =
  /** Its time is over. */
  | 'EXPIRED'
  /** It was revoked. */
  | 'REVOKED'
  /** It works. */
  | 'USABLE';

/** The input of `archiveTaxonomy`. */
export type ArchiveTaxonomyInput = {
  /** The revision of the draft that the caller has seen. */
  expectedRevision: Scalars['Int']['input'];
  /** The taxonomy. */
  id: Scalars['ID']['input'];
};

/** The answer to `archiveTaxonomy`. */
export type ArchiveTaxonomyPayload = {
  /** The taxonomy; null where there are user errors. */
  taxonomy: Maybe<Taxonomy>;
  /** What the caller has to mend. */
  userErrors: Array<UserError>;
};

/** The input of `cancelClassificationJob`. */
export type CancelClassificationJobInput = {
  /** The job. */
  id: Scalars['ID']['input'];
};

/** The answer to `cancelClassificationJob`. */
export type CancelClassificationJobPayload = {
  /** The job as it is now; null where there are user errors. */
  job: Maybe<ClassificationJob>;
  /** What the caller has to mend. */
  userErrors: Array<UserError>;
};

/** One durable record: an image, the exact taxonomy version and model that it was classified with, and the predictions. */
export type Classification = Node & {
  /** When it was made. */
  createdAt: Scalars['DateTime']['output'];
  /** A TypeID: `classification_…`. */
  id: Scalars['ID']['output'];
  /** The image. */
  image: ImageInfo;
  /** The language of the label names where none is asked for. */
  language: Scalars['LanguageTag']['output'];
  /** What the caller said of the image. */
  metadata: Maybe<Scalars['JSONObject']['output']>;
  /** The model and the exact revision that encoded the image. */
  model: ClassificationModel;
  /** The stored predictions, the highest score first. */
  predictions: Array<Prediction>;
  /** The language whose label embeddings were scored. */
  promptLanguage: Scalars['LanguageTag']['output'];
  /** What the caller called the image. */
  reference: Maybe<Scalars['String']['output']>;
  /** The exact version that it was classified against. */
  taxonomyVersion: TaxonomyVersion;
  /** Where the time went. */
  timing: ClassificationTiming;
  /** The prediction with the highest score; null where `minScore` left none. */
  top: Maybe<Prediction>;
};


/** One durable record: an image, the exact taxonomy version and model that it was classified with, and the predictions. */
export type ClassificationPredictionsArgs = {
  first?: InputMaybe<Scalars['Int']['input']>;
  minScore?: InputMaybe<Scalars['Float']['input']>;
};

/** A page of classifications. */
export type ClassificationConnection = {
  /** The classifications with their cursors. */
  edges: Array<ClassificationEdge>;
  /** The classifications alone. */
  nodes: Array<Classification>;
  /** Where the page stands. */
  pageInfo: PageInfo;
};

/** One classification of a page. */
export type ClassificationEdge = {
  /** Where it stands. */
  cursor: Scalars['String']['output'];
  /** The classification. */
  node: Classification;
};

/** Why one image was not classified; the others of the request are. */
export type ClassificationError = {
  /** The kind of failure. */
  code: ErrorCode;
  /** What was expected, what came and the remedy. */
  message: Scalars['String']['output'];
};

/** Narrows a list of classifications; all that is given must hold. */
export type ClassificationFilter = {
  /** Made before this time. */
  createdBefore?: InputMaybe<Scalars['DateTime']['input']>;
  /** Made at this time or later. */
  createdFrom?: InputMaybe<Scalars['DateTime']['input']>;
  /** Whose best score is at most this. */
  maxScore?: InputMaybe<Scalars['Float']['input']>;
  /** Whose best score is at least this. */
  minScore?: InputMaybe<Scalars['Float']['input']>;
  /** With exactly this reference. */
  reference?: InputMaybe<Scalars['String']['input']>;
  /** Against any version of this taxonomy. */
  taxonomyId?: InputMaybe<Scalars['ID']['input']>;
  /** Against this version. */
  taxonomyVersionId?: InputMaybe<Scalars['ID']['input']>;
  /** Whose best prediction is the label with this key. */
  topLabelKey?: InputMaybe<Scalars['String']['input']>;
};

/** Up to 10,000 images that are classified beside other work, against the versions that were the newest when it was created. It is kept for 30 days after its end; its classifications stay. */
export type ClassificationJob = Node & {
  /** How many of its items are in which state. */
  counts: ClassificationJobCounts;
  /** When it was created. */
  createdAt: Scalars['DateTime']['output'];
  /** Where its results are downloaded, as they are then: good for ten minutes, and for whoever has it. Absolute where TAXOLENS_PUBLIC_URL is set, else a path. */
  downloadUrl: Scalars['String']['output'];
  /** How long the rest will take at the pace so far, in milliseconds; null where nothing is left to do or no pace is known. */
  etaMs: Maybe<Scalars['Float']['output']>;
  /** When it ended; null: it runs. */
  finishedAt: Maybe<Scalars['DateTime']['output']>;
  /** A TypeID: `job_…`. */
  id: Scalars['ID']['output'];
  /** Its items in their order. */
  items: ClassificationJobItemConnection;
  /** The share of its items that are finished, 0 to 1. */
  progress: Scalars['Float']['output'];
  /** Where it stands. */
  state: ClassificationJobState;
};


/** Up to 10,000 images that are classified beside other work, against the versions that were the newest when it was created. It is kept for 30 days after its end; its classifications stay. */
export type ClassificationJobDownloadUrlArgs = {
  format: JobResultFormat;
};


/** Up to 10,000 images that are classified beside other work, against the versions that were the newest when it was created. It is kept for 30 days after its end; its classifications stay. */
export type ClassificationJobItemsArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  before?: InputMaybe<Scalars['String']['input']>;
  filter?: InputMaybe<ClassificationJobItemFilter>;
  first?: InputMaybe<Scalars['Int']['input']>;
  last?: InputMaybe<Scalars['Int']['input']>;
};

/** How many items of a job are in which state. */
export type ClassificationJobCounts = {
  /** Never tried, because the job was cancelled. */
  cancelled: Scalars['Int']['output'];
  /** With none. */
  failed: Scalars['Int']['output'];
  /** Not finished yet. */
  pending: Scalars['Int']['output'];
  /** With at least one classification. */
  succeeded: Scalars['Int']['output'];
  /** All of them. */
  total: Scalars['Int']['output'];
};

/** One image of a job. */
export type ClassificationJobItem = {
  /** When it was finished; null: it is not. */
  finishedAt: Maybe<Scalars['DateTime']['output']>;
  /** Its place in the input, from 0. */
  index: Scalars['Int']['output'];
  /** One outcome a taxonomy, in their order; none before it is finished. A classification that has been deleted since is NOT_FOUND. */
  outcomes: Array<ClassificationOutcome>;
  /** What the caller called it. */
  reference: Maybe<Scalars['String']['output']>;
  /** Where it stands. */
  state: ClassificationJobItemState;
  /** Where it is fetched; null where the caller sent its bytes, or its embedding is kept. */
  url: Maybe<Scalars['URL']['output']>;
};

/** A page of items. */
export type ClassificationJobItemConnection = {
  /** The items with their cursors. */
  edges: Array<ClassificationJobItemEdge>;
  /** The items alone. */
  nodes: Array<ClassificationJobItem>;
  /** Where the page stands. */
  pageInfo: PageInfo;
};

/** One item of a page. */
export type ClassificationJobItemEdge = {
  /** Where it stands. */
  cursor: Scalars['String']['output'];
  /** The item. */
  node: ClassificationJobItem;
};

/** Narrows the items of a job. */
export type ClassificationJobItemFilter = {
  /** Those in this state. */
  state?: InputMaybe<ClassificationJobItemState>;
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

/** The model that made a classification: still named when it is no longer loaded. */
export type ClassificationModel = {
  /** Its name among `models`. */
  id: Scalars['String']['output'];
  /** Its exact revision. */
  revision: Scalars['String']['output'];
};

/** The order of a list of classifications. */
export type ClassificationOrder =
  /** The oldest first. */
  | 'CREATED_AT_ASC'
  /** The newest first. */
  | 'CREATED_AT_DESC';

/** What became of one image under one taxonomy. */
export type ClassificationOutcome = Classification | ClassificationError;

/** Figures of classifications. */
export type ClassificationStats = {
  /** Of each group: in order of time, or the largest first; at most 1,000. What has no classification is left out. */
  groups: Array<ClassificationStatsGroup>;
  /** Of all together. */
  total: ClassificationStatsGroup;
};

/** What classifications are grouped by. */
export type ClassificationStatsBy =
  /** The day on which they were made, in UTC. */
  | 'DAY'
  /** The hour in which they were made, in UTC. */
  | 'HOUR'
  /** Their best label, by taxonomy and key. */
  | 'LABEL'
  /** Their taxonomy. */
  | 'TAXONOMY';

/** Figures of some classifications. */
export type ClassificationStatsGroup = {
  /** How many. */
  count: Scalars['Int']['output'];
  /** The key of the best label, by LABEL; null in others, and where no prediction was kept. */
  labelKey: Maybe<Scalars['String']['output']>;
  /** From an image's last byte to its predictions; null where there is no classification. */
  latency: Maybe<LatencyPercentiles>;
  /** Images in a batch of the encoder, on average; null where there is no classification. */
  meanBatchSize: Maybe<Scalars['Float']['output']>;
  /** The mean of their best scores; null where none was kept. */
  meanScore: Maybe<Scalars['Float']['output']>;
  /** The median of their best scores; null where none was kept. */
  medianScore: Maybe<Scalars['Float']['output']>;
  /** When the hour or day begins; null in other groups. */
  start: Maybe<Scalars['DateTime']['output']>;
  /** The taxonomy of the group, by TAXONOMY and LABEL; null in others. */
  taxonomy: Maybe<Taxonomy>;
};

/** Where the time of one classification went, in milliseconds. */
export type ClassificationTiming = {
  /** Images in the batch that this one was encoded in. */
  batchSize: Scalars['Int']['output'];
  /** Decoding and resampling, the wait for a decoder included. */
  decodeMs: Scalars['Float']['output'];
  /** In the image encoder, the whole batch. */
  encodeMs: Scalars['Float']['output'];
  /** Waiting for an encoder, once decoded. */
  queueMs: Scalars['Float']['output'];
  /** Scoring against the taxonomy matrix. */
  scoreMs: Scalars['Float']['output'];
  /** From the request's last byte, its images hashed, to the predictions. */
  totalMs: Scalars['Float']['output'];
};

/** The input of `classifyImages`. */
export type ClassifyImagesInput = {
  /** The same key and input, within 24 hours, give the first answer again. */
  idempotencyKey?: InputMaybe<Scalars['String']['input']>;
  /** 1 to 100 images; the results keep their order. */
  images: Array<ImageInput>;
  /** The language of the label names in the answer; the taxonomy's default where left out. */
  language?: InputMaybe<Scalars['LanguageTag']['input']>;
  /** Leaves out predictions that score lower, 0 to 1. */
  minScore?: InputMaybe<Scalars['Float']['input']>;
  /** The language whose label embeddings are scored; the taxonomy's default, if the model knows it, where left out, else the first that the model knows. */
  promptLanguage?: InputMaybe<Scalars['LanguageTag']['input']>;
  /** 1 to 10 taxonomies; the outcomes keep their order. */
  taxonomies: Array<TaxonomyRef>;
  /** How many predictions are stored and returned at most, 1 to 100. Images x taxonomies x topK: at most 20,000. */
  topK?: Scalars['Int']['input'];
};

/** The answer to `classifyImages`. */
export type ClassifyImagesPayload = {
  /** One result an image, in order; empty where there are user errors. */
  results: Array<ImageResult>;
  /** What the caller has to mend. */
  userErrors: Array<UserError>;
};

/** The input of `createAccessToken`. */
export type CreateAccessTokenInput = {
  /** The origins of the pages that may use it, 1 to 20: `https://app.example`. A request that comes from a page of another one is refused. */
  origins: Array<Scalars['URL']['input']>;
  /** What it shall allow, at least one; the key must have them. */
  scopes: Array<Scope>;
  /** How long it shall work, 60 to 86,400 seconds. */
  ttlSeconds: Scalars['Int']['input'];
};

/** The answer to `createAccessToken`. */
export type CreateAccessTokenPayload = {
  /** When it stops working. */
  expiresAt: Maybe<Scalars['DateTime']['output']>;
  /** The token, this once: `Authorization: Bearer <token>`. Null where there are user errors. */
  token: Maybe<Scalars['String']['output']>;
  /** What the caller has to mend. */
  userErrors: Array<UserError>;
};

/** The input of `createApiKey`. */
export type CreateApiKeyInput = {
  /** When it shall stop working; none: never. */
  expiresAt?: InputMaybe<Scalars['DateTime']['input']>;
  /** Images a minute that it may classify, 1 to 1,000,000; none: as many as the tenant. */
  imagesPerMinute?: InputMaybe<Scalars['Int']['input']>;
  /** What to call it, 1 to 200 characters. */
  name: Scalars['String']['input'];
  /** What it shall allow, at least one. */
  scopes: Array<Scope>;
  /** The tenant; left out: that of the API key. An operator names it. */
  tenantId?: InputMaybe<Scalars['ID']['input']>;
};

/** The answer to `createApiKey`. */
export type CreateApiKeyPayload = {
  /** The key; null where there are user errors. */
  apiKey: Maybe<ApiKey>;
  /** Its secret, this once. */
  secret: Maybe<Scalars['String']['output']>;
  /** What the caller has to mend. */
  userErrors: Array<UserError>;
};

/** The input of `createClassificationJob`: either `items` or a `file`. */
export type CreateClassificationJobInput = {
  /** A JSONL file of up to 16 MB, an image a line: `{"url": …}` or `{"base64": …}`, and perhaps `reference` and `metadata`. */
  file?: InputMaybe<Scalars['Upload']['input']>;
  /** The same key and input, within 24 hours, give the same job. */
  idempotencyKey?: InputMaybe<Scalars['String']['input']>;
  /** 1 to 10,000 images. Bytes that are sent are kept for 7 days at most, and until they are classified: 1 GB a tenant. */
  items?: InputMaybe<Array<ImageInput>>;
  /** The language of the label names; the taxonomy's default where left out. */
  language?: InputMaybe<Scalars['LanguageTag']['input']>;
  /** Leaves out predictions that score lower, 0 to 1. */
  minScore?: InputMaybe<Scalars['Float']['input']>;
  /** The language whose label embeddings are scored, as in `classifyImages`. */
  promptLanguage?: InputMaybe<Scalars['LanguageTag']['input']>;
  /** 1 to 10 taxonomies; the outcomes keep their order. */
  taxonomies: Array<TaxonomyRef>;
  /** How many predictions are stored at most, 1 to 100. */
  topK?: Scalars['Int']['input'];
};

/** The answer to `createClassificationJob`. */
export type CreateClassificationJobPayload = {
  /** The job; null where there are user errors. */
  job: Maybe<ClassificationJob>;
  /** What the caller has to mend. */
  userErrors: Array<UserError>;
};

/** The input of `createInboundHook`. */
export type CreateInboundHookInput = {
  /** Where the digest stands; for HMAC_HEADER, and for no other scheme. */
  hmacHeader?: InputMaybe<HmacHeaderInput>;
  /** How many images it takes in a minute, 1 to 100,000. */
  imagesPerMinute?: Scalars['Int']['input'];
  /** The language of the label names; the taxonomy's default where left out. */
  language?: InputMaybe<Scalars['LanguageTag']['input']>;
  /** What is otherwise than in the preset. */
  mapping?: InputMaybe<InboundHookMappingInput>;
  /** Leaves out predictions that score lower, 0 to 1. */
  minScore?: InputMaybe<Scalars['Float']['input']>;
  /** What it is called, 1 to 200 characters. */
  name: Scalars['String']['input'];
  /** Where the mapping begins. */
  preset?: InboundHookPreset;
  /** The language whose label embeddings are scored, as in `classifyImages`. */
  promptLanguage?: InputMaybe<Scalars['LanguageTag']['input']>;
  /** A message as the sender sends it: the mapping must find an image in it. */
  sample?: InputMaybe<Scalars['JSONObject']['input']>;
  /** How a message proves where it comes from. */
  scheme?: InboundHookScheme;
  /** The secret that the sender has already; one is made where left out. */
  secret?: InputMaybe<Scalars['String']['input']>;
  /** The taxonomy that images are classified against. */
  taxonomyId: Scalars['ID']['input'];
  /** How many predictions are stored at most, 1 to 100. */
  topK?: Scalars['Int']['input'];
  /** The number of a version; the newest READY one at the time where left out. */
  version?: InputMaybe<Scalars['Int']['input']>;
};

/** The answer to `createInboundHook`. */
export type CreateInboundHookPayload = {
  /** The hook; null where there are user errors. */
  hook: Maybe<InboundHook>;
  /** What the mapping finds in the sample; null without one. */
  mappedImages: Maybe<Array<MappedImage>>;
  /** The secret, this once. */
  secret: Maybe<Scalars['String']['output']>;
  /** What the caller has to mend. */
  userErrors: Array<UserError>;
};

/** The input of `createTaxonomy`. */
export type CreateTaxonomyInput = {
  /** The language of names and prompts where none is asked for. */
  defaultLanguage?: Scalars['LanguageTag']['input'];
  /** For people, up to 5,000 characters. */
  description?: InputMaybe<Scalars['String']['input']>;
  /** The same key and input, within 24 hours, give the first answer again. */
  idempotencyKey?: InputMaybe<Scalars['String']['input']>;
  /** Its first labels. */
  labels?: InputMaybe<Array<LabelInput>>;
  /** One of `models`; the configured one where left out. */
  modelId?: InputMaybe<Scalars['String']['input']>;
  /** Unique in the tenant, 1 to 200 characters. */
  name: Scalars['String']['input'];
  /** Its first prompt templates. */
  promptTemplates?: InputMaybe<Array<PromptTemplateInput>>;
};

/** The answer to `createTaxonomy`. */
export type CreateTaxonomyPayload = {
  /** The taxonomy; null where there are user errors. */
  taxonomy: Maybe<Taxonomy>;
  /** What the caller has to mend. */
  userErrors: Array<UserError>;
};

/** The input of `createTenant`. */
export type CreateTenantInput = {
  /** Unique in the installation, 1 to 200 characters. */
  name: Scalars['String']['input'];
};

/** The answer to `createTenant`. */
export type CreateTenantPayload = {
  /** Its first API key, of scope ADMIN. */
  adminKey: Maybe<NewApiKey>;
  /** The tenant; null where there are user errors. */
  tenant: Maybe<Tenant>;
  /** What the caller has to mend. */
  userErrors: Array<UserError>;
};

/** The input of `createWebhookEndpoint`. */
export type CreateWebhookEndpointInput = {
  /** What to say of it, up to 500 characters. */
  description?: InputMaybe<Scalars['String']['input']>;
  /** The events that it wants, at least one type. */
  eventTypes: Array<WebhookEventType>;
  /** Which of these; none: all. */
  filter?: InputMaybe<WebhookFilterInput>;
  /** The version of the usual payload: 1. */
  payloadVersion?: Scalars['Int']['input'];
  /** GraphQL fragments that choose the payload's data: one on `Classification` for `classification.completed`, one on `TaxonomyVersion` for `taxonomy.published`, and whatever fragments these spread. It is executed as by a key of scopes CLASSIFY and TAXONOMY_READ. None: the usual data. */
  selection?: InputMaybe<Scalars['String']['input']>;
  /** Where the requests go: http or https, ports 80 and 443, public addresses. Else URL_NOT_ALLOWED. */
  url: Scalars['URL']['input'];
};

/** The answer to `createWebhookEndpoint`. */
export type CreateWebhookEndpointPayload = {
  /** The endpoint; null where there are user errors. */
  endpoint: Maybe<WebhookEndpoint>;
  /** The secret that signs, this once: `whsec_` and base64, as verifiers of Standard Webhooks take it. */
  secret: Maybe<Scalars['String']['output']>;
  /** What the caller has to mend. */
  userErrors: Array<UserError>;
};

/** The input of `deleteInboundHook`. */
export type DeleteInboundHookInput = {
  /** The hook. */
  id: Scalars['ID']['input'];
};

/** The answer to `deleteInboundHook`. */
export type DeleteInboundHookPayload = {
  /** The id of what was deleted; null where there are user errors. */
  deletedId: Maybe<Scalars['ID']['output']>;
  /** What the caller has to mend. */
  userErrors: Array<UserError>;
};

/** The input of `deleteWebhookEndpoint`. */
export type DeleteWebhookEndpointInput = {
  /** The endpoint. */
  id: Scalars['ID']['input'];
};

/** The answer to `deleteWebhookEndpoint`. */
export type DeleteWebhookEndpointPayload = {
  /** The id of what was deleted; null where there are user errors. */
  deletedId: Maybe<Scalars['ID']['output']>;
  /** What the caller has to mend. */
  userErrors: Array<UserError>;
};

/** One HTTP request of a delivery. */
export type DeliveryAttempt = {
  /** From there to the answer, or to the end of the wait for it. */
  durationMs: Scalars['Float']['output'];
  /** Why it counts as failed; null where it does not. */
  error: Maybe<Scalars['String']['output']>;
  /** From 1. */
  number: Scalars['Int']['output'];
  /** What was sent. */
  request: WebhookRequest;
  /** What was answered; null where nothing was. */
  response: Maybe<WebhookResponse>;
  /** When it was sent. */
  startedAt: Scalars['DateTime']['output'];
};

/** How a digest is written. */
export type DigestEncoding =
  /** In base64. */
  | 'BASE64'
  /** In hexadecimal, lower case. */
  | 'HEX';

/** How far the embedding of a version's prompts is. */
export type EmbeddingProgress = {
  /** Distinct prompts that have their text embedding. */
  embedded: Scalars['Int']['output'];
  /** Distinct prompts in all. */
  total: Scalars['Int']['output'];
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

/** The input of `exportLabels`. */
export type ExportLabelsInput = {
  /** How to write the file. */
  format: LabelFileFormat;
  /** The language of the names in a SHOPIFY, GOOGLE or IAB file; the taxonomy's default where left out. */
  language?: InputMaybe<Scalars['LanguageTag']['input']>;
  /** The taxonomy. */
  taxonomyId: Scalars['ID']['input'];
  /** The number of a version; the draft where left out. */
  version?: InputMaybe<Scalars['Int']['input']>;
};

/** The answer to `exportLabels`. */
export type ExportLabelsPayload = {
  /** Until when the link works. That of a draft stops with the next edit. */
  expiresAt: Maybe<Scalars['DateTime']['output']>;
  /** Where to GET the file, with no credential: whoever has the link may. Without a host, where the server was not told its public URL: then it is that of the API. */
  url: Maybe<Scalars['String']['output']>;
  /** What the caller has to mend. */
  userErrors: Array<UserError>;
};

/** Where the HMAC-SHA-256 of a message stands. */
export type HmacHeader = {
  /** How the digest is written. */
  encoding: DigestEncoding;
  /** The header with the digest: `X-Hub-Signature-256`. */
  name: Scalars['String']['output'];
  /** What stands before it: `sha256=`. */
  prefix: Scalars['String']['output'];
  /** The header with seconds since the epoch, where `<seconds>.<body>` is signed; null: the body alone is. */
  timestampHeader: Maybe<Scalars['String']['output']>;
};

/** Where the HMAC-SHA-256 of a message stands. */
export type HmacHeaderInput = {
  /** How the digest is written. */
  encoding?: DigestEncoding;
  /** The header with the digest: `X-Hub-Signature-256`. */
  name: Scalars['String']['input'];
  /** What stands before it: `sha256=`. */
  prefix?: Scalars['String']['input'];
  /** The header with seconds since the epoch, where `<seconds>.<body>` is signed; none: the body alone is. */
  timestampHeader?: InputMaybe<Scalars['String']['input']>;
};

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

/** What is known of an image. */
export type ImageInfo = {
  /** Its format by its content. */
  format: ImageFormat;
  /** Pixels down, after its EXIF orientation is applied. */
  height: Scalars['Int']['output'];
  /** SHA-256 of its bytes, in hexadecimal. */
  sha256: Scalars['String']['output'];
  /** How many bytes it has. */
  sizeBytes: Scalars['Int']['output'];
  /** Where it is shown, for ten minutes and for whoever has the link; null where it is not kept (`Tenant.retention.imagesDays`). Absolute where TAXOLENS_PUBLIC_URL is set, else a path. */
  url: Maybe<Scalars['String']['output']>;
  /** Pixels across, after its EXIF orientation is applied. */
  width: Scalars['Int']['output'];
};

/** An image to classify. */
export type ImageInput = {
  /** What to say of it, up to 10,000 bytes of JSON. */
  metadata?: InputMaybe<Scalars['JSONObject']['input']>;
  /** What to call it, up to 500 characters. */
  reference?: InputMaybe<Scalars['String']['input']>;
  /** Where its bytes are. */
  source: ImageSource;
};

/** What became of one image of a request. */
export type ImageResult = {
  /** What is known of it; null where it could not be decoded. */
  image: Maybe<ImageInfo>;
  /** Its place in `images`, from 0. */
  index: Scalars['Int']['output'];
  /** One outcome a taxonomy, in their order. */
  outcomes: Array<ClassificationOutcome>;
  /** What the caller called it. */
  reference: Maybe<Scalars['String']['output']>;
};

/** Where the bytes of an image are. */
export type ImageSource =
  /** Its bytes in base64, plain or as a data URL (whose media type is not looked at). */
  { base64: Scalars['String']['input']; upload?: never; url?: never; }
  |  /** A file of the multipart request. */
  { base64?: never; upload: Scalars['Upload']['input']; url?: never; }
  |  /** Where the server fetches it: http or https, ports 80 and 443, public addresses. Else URL_NOT_ALLOWED in this image's place. */
  { base64?: never; upload?: never; url: Scalars['URL']['input']; };

/** What a file changes in a draft. */
export type ImportChanges = {
  /** Labels that were not there. */
  addedCount: Scalars['Int']['output'];
  /** Labels that say something else, or stand elsewhere. */
  changedCount: Scalars['Int']['output'];
  /** The first 100 of those added or changed, in the order of the file. */
  labels: Array<LabelDifference>;
  /** Labels that are in the draft just so. */
  unchangedCount: Scalars['Int']['output'];
};

/** The input of `importLabels`. */
export type ImportLabelsInput = {
  /** Whether only to tell what the file would change. */
  dryRun?: Scalars['Boolean']['input'];
  /** The revision of the draft that the caller has seen. */
  expectedRevision: Scalars['Int']['input'];
  /** UTF-8, with or without a byte order mark; 16 MB and 20,000 labels at most. */
  file: Scalars['Upload']['input'];
  /** How the file is to be read. */
  format: LabelFileFormat;
  /** The language of the names in a SHOPIFY, GOOGLE or IAB file; the taxonomy's default where left out. Names in other languages stay. */
  language?: InputMaybe<Scalars['LanguageTag']['input']>;
  /** The taxonomy. */
  taxonomyId: Scalars['ID']['input'];
};

/** The answer to `importLabels`. */
export type ImportLabelsPayload = {
  /** What the file changes, or would change; null where there are problems or user errors. */
  changes: Maybe<ImportChanges>;
  /** How many mistakes were found. */
  problemCount: Scalars['Int']['output'];
  /** The first 100 mistakes of the file, by line. Where there is one, nothing was written. */
  problems: Array<ImportProblem>;
  /** The taxonomy; null where nothing was written: at a dry run, and where there are problems or user errors. */
  taxonomy: Maybe<Taxonomy>;
  /** What the caller has to mend. A file with problems is one of them, unless it is a dry run. */
  userErrors: Array<UserError>;
};

/** A mistake in a file. */
export type ImportProblem = {
  /** The kind. */
  code: ImportProblemCode;
  /** Counts from 1; where a record spans lines, its first. */
  line: Scalars['Int']['output'];
  /** What was expected and what came. */
  message: Scalars['String']['output'];
};

/** Kinds of mistakes in files. */
export type ImportProblemCode =
  /** It is not UTF-8. */
  | 'ENCODING_INVALID'
  /** There is no label in it. */
  | 'FILE_EMPTY'
  /** The header lacks a column, or names one that is none. */
  | 'HEADER_INVALID'
  /** The key stands at an earlier line already. */
  | 'KEY_DUPLICATE'
  /** The label would stand below itself. */
  | 'LABEL_CYCLE'
  /** Several lines could be the parent. */
  | 'PARENT_AMBIGUOUS'
  /** The parent is neither in the draft nor in the file. */
  | 'PARENT_UNKNOWN'
  /** The line is not as the format has it. */
  | 'SYNTAX_INVALID'
  /** The label would stand more than 50 deep. */
  | 'TOO_DEEP'
  /** The taxonomy would have more than 20,000 labels. */
  | 'TOO_MANY_LABELS'
  /** A value is not acceptable: too long, empty, no language, no position. */
  | 'VALUE_INVALID';

/** A URL to which another system posts images, or its own events that name some. Each is classified once and in the background. */
export type InboundHook = Node & {
  /** When it was created. */
  createdAt: Scalars['DateTime']['output'];
  /** Where the digest stands; null under the other schemes. */
  hmacHeader: Maybe<HmacHeader>;
  /** A TypeID: `hook_…`. */
  id: Scalars['ID']['output'];
  /** How many images it takes in a minute. */
  imagesPerMinute: Scalars['Int']['output'];
  /** Whether it takes messages. */
  isEnabled: Scalars['Boolean']['output'];
  /** The language of the label names; null: the taxonomy's default. */
  language: Maybe<Scalars['LanguageTag']['output']>;
  /** How images are found in JSON. */
  mapping: InboundHookMapping;
  /** Its messages, the newest first. */
  messages: InboundMessageConnection;
  /** What scores lower is left out; null: nothing. */
  minScore: Maybe<Scalars['Float']['output']>;
  /** What it is called. */
  name: Scalars['String']['output'];
  /** Until when the secret before the newest is good beside it; null: there is none. */
  previousSecretExpiresAt: Maybe<Scalars['DateTime']['output']>;
  /** The language whose label embeddings are scored; null: as in `classifyImages`. */
  promptLanguage: Maybe<Scalars['LanguageTag']['output']>;
  /** How a message proves where it comes from. */
  scheme: InboundHookScheme;
  /** The taxonomy that images are classified against. */
  taxonomy: Taxonomy;
  /** How many predictions are stored at most. */
  topK: Scalars['Int']['output'];
  /** When it was last changed. */
  updatedAt: Scalars['DateTime']['output'];
  /** Where messages are posted to. Absolute where TAXOLENS_PUBLIC_URL is set, else a path. */
  url: Scalars['String']['output'];
  /** The number of a version; null: the newest READY one at the time. */
  version: Maybe<Scalars['Int']['output']>;
};


/** A URL to which another system posts images, or its own events that name some. Each is classified once and in the background. */
export type InboundHookMessagesArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  before?: InputMaybe<Scalars['String']['input']>;
  filter?: InputMaybe<InboundMessageFilter>;
  first?: InputMaybe<Scalars['Int']['input']>;
  last?: InputMaybe<Scalars['Int']['input']>;
};

/** A page of inbound hooks. */
export type InboundHookConnection = {
  /** The inbound hooks with their cursors. */
  edges: Array<InboundHookEdge>;
  /** The inbound hooks alone. */
  nodes: Array<InboundHook>;
  /** Where the page stands. */
  pageInfo: PageInfo;
};

/** One inbound hook of a page. */
export type InboundHookEdge = {
  /** Where it stands. */
  cursor: Scalars['String']['output'];
  /** The inbound hook. */
  node: InboundHook;
};

/** How images are found in the JSON of a message. */
export type InboundHookMapping = {
  /** A JSONPath to the image itself as base64; null: it is fetched. */
  base64: Maybe<Scalars['String']['output']>;
  /** The message's own id: a JSONPath, or a text with some in braces; null: the hash of the body. */
  id: Maybe<Scalars['String']['output']>;
  /** A JSONPath that selects the part about each image. */
  images: Scalars['String']['output'];
  /** The image's metadata. */
  metadata: Array<InboundHookMetadata>;
  /** The image's reference: a JSONPath in such a part, or a text with some in braces; null: it has none. */
  reference: Maybe<Scalars['String']['output']>;
  /** What an image is fetched from: a JSONPath in such a part, or a text with JSONPaths in braces; null: images are sent as base64. */
  url: Maybe<Scalars['String']['output']>;
};

/** How images are found in the JSON of a message. What is left out is the preset's; null: nothing. JSONPaths are those of RFC 9535, without functions, with up to 20 steps and one selector in square brackets; only that of `images` may have `*`, `..`, slices and filters, three of them at most and `..` once. */
export type InboundHookMappingInput = {
  /** A JSONPath to the image itself as base64, in place of a URL. */
  base64?: InputMaybe<Scalars['String']['input']>;
  /** The message's own id: a JSONPath, or a text with some in braces. It counts where the scheme brings no id. */
  id?: InputMaybe<Scalars['String']['input']>;
  /** A JSONPath that selects the part about each image, 100 at most. */
  images?: InputMaybe<Scalars['String']['input']>;
  /** The image's metadata, up to 50 names. */
  metadata?: InputMaybe<Array<InboundHookMetadataInput>>;
  /** The image's reference: a JSONPath in such a part, or a text with some in braces. */
  reference?: InputMaybe<Scalars['String']['input']>;
  /** What an image is fetched from: a JSONPath in such a part, or a text with JSONPaths in braces. `{$.a}` is percent-encoded, `{+$.a}` stays as it is, `{$.a|decoded}` is decoded from a form's encoding first. */
  url?: InputMaybe<Scalars['String']['input']>;
};

/** One name in the metadata of an image. */
export type InboundHookMetadata = {
  /** The name. */
  name: Scalars['String']['output'];
  /** The JSONPath of its value in the part about the image. */
  path: Scalars['String']['output'];
};

/** One name in the metadata of an image. */
export type InboundHookMetadataInput = {
  /** The name. */
  name: Scalars['String']['input'];
  /** The JSONPath of its value in the part about the image. */
  path: Scalars['String']['input'];
};

/** Mappings that ship with the server. */
export type InboundHookPreset =
  /** Upload notifications of Cloudinary. */
  | 'CLOUDINARY'
  /** Assets of Contentful: an image a locale. */
  | 'CONTENTFUL'
  /** `{"url": …, "reference": …, "id": …}`. */
  | 'PLAIN'
  /** Notifications of S3 and MinIO: an image an object that was created. It needs a `url`, such as `https://minio.example.com/{$.s3.bucket.name}/{$.s3.object.key|decoded}`. */
  | 'S3';

/** How a message proves where it comes from. */
export type InboundHookScheme =
  /** `Authorization: Bearer <secret>`. */
  | 'BEARER'
  /** A header with the HMAC-SHA-256 of the body. */
  | 'HMAC_HEADER'
  /** Standard Webhooks: `webhook-id`, `webhook-timestamp` (5 minutes at most from now) and `webhook-signature`. */
  | 'STANDARD_WEBHOOKS';

/** What was posted to an inbound hook, once however often it came. It is kept for 30 days after its end. */
export type InboundMessage = Node & {
  /** The ids of its classifications, an image each, from the beginning; an image that cannot be classified has none. */
  classificationIds: Array<Scalars['ID']['output']>;
  /** When it came. */
  createdAt: Scalars['DateTime']['output'];
  /** Why it has failed as a whole; null where it has not. */
  failure: Maybe<ClassificationError>;
  /** When it ended; null: it has not. */
  finishedAt: Maybe<Scalars['DateTime']['output']>;
  /** The hook that took it. */
  hook: InboundHook;
  /** A TypeID: `message_…`. */
  id: Scalars['ID']['output'];
  /** By which it is known when it comes again: the sender's id, or the SHA-256 of the body. */
  senderId: Scalars['String']['output'];
  /** Where it stands. */
  state: InboundMessageState;
};

/** A page of messages. */
export type InboundMessageConnection = {
  /** The messages with their cursors. */
  edges: Array<InboundMessageEdge>;
  /** The messages alone. */
  nodes: Array<InboundMessage>;
  /** Where the page stands. */
  pageInfo: PageInfo;
};

/** One message of a page. */
export type InboundMessageEdge = {
  /** Where it stands. */
  cursor: Scalars['String']['output'];
  /** The message. */
  node: InboundMessage;
};

/** Which messages of a hook; all that is given must hold. */
export type InboundMessageFilter = {
  /** Those in this state. */
  state?: InputMaybe<InboundMessageState>;
};

/** Where a message stands. */
export type InboundMessageState =
  /** Each of its images was classified or failed by itself. */
  | 'COMPLETED'
  /** It could not be classified: no quota was left, or the taxonomy was not published. */
  | 'FAILED'
  /** It is to be classified. */
  | 'PENDING';

/** The formats of a job's results. */
export type JobResultFormat =
  /** An outcome a row: index, reference, state, outcome, classificationId, the best label and its score, errorCode, errorMessage. A text that a spreadsheet would take for a formula begins with an apostrophe. */
  | 'CSV'
  /** An item a line: index, reference, metadata, state, and the outcomes with all stored predictions. */
  | 'JSONL';

/** One candidate class. */
export type Label = Node & {
  /** The labels below it, in order; at most 1,000. Scope TAXONOMY_READ or TAXONOMY_WRITE. */
  children: Array<Label>;
  /** For people. */
  description: Maybe<Scalars['String']['output']>;
  /** A TypeID: `label_…`. Each version has labels of its own; the key stays the same. */
  id: Scalars['ID']['output'];
  /** Stable over versions, unique in its draft or version. */
  key: Scalars['String']['output'];
  /** Its name in a language: exactly, else by its base language, else in the default language, else the key. */
  name: Scalars['String']['output'];
  /** Its names by language. */
  names: Array<LocalizedText>;
  /** The label above it; null at the top. */
  parent: Maybe<Label>;
  /** From the top of the tree down to itself. */
  path: Array<Label>;
  /** Other words for it, embedded beside its names. */
  synonyms: Array<LocalizedText>;
};


/** One candidate class. */
export type LabelNameArgs = {
  language?: InputMaybe<Scalars['LanguageTag']['input']>;
};

/** What can change about a label. */
export type LabelChangeKind =
  /** It was not there. */
  | 'ADDED'
  /** It has another description. */
  | 'DESCRIPTION_CHANGED'
  /** It stands under another parent. */
  | 'MOVED'
  /** It is gone. */
  | 'REMOVED'
  /** It has other names. */
  | 'RENAMED'
  /** It stands at another place among its siblings. Told by `importLabels` only; between versions it is `orderChanged`. */
  | 'REORDERED'
  /** It has other synonyms. */
  | 'SYNONYMS_CHANGED';

/** A page of labels. */
export type LabelConnection = {
  /** The labels with their cursors. */
  edges: Array<LabelEdge>;
  /** The labels alone. */
  nodes: Array<Label>;
  /** Where the page stands. */
  pageInfo: PageInfo;
  /** How many there are in all. */
  totalCount: Scalars['Int']['output'];
};

/** What a label said at a time. */
export type LabelContent = {
  /** For people. */
  description: Maybe<Scalars['String']['output']>;
  /** Its names by language. */
  names: Array<LocalizedText>;
  /** The key of the label above it; null: at the top. */
  parentKey: Maybe<Scalars['String']['output']>;
  /** Other words for it. */
  synonyms: Array<LocalizedText>;
};

/** One label that is not the same on both sides. */
export type LabelDifference = {
  /** What it is; null where it is gone. */
  after: Maybe<LabelContent>;
  /** What it was; null where it was not there. */
  before: Maybe<LabelContent>;
  /** Its key. */
  key: Scalars['String']['output'];
  /** What changed; more than one kind at once, unless it was added or removed. */
  kinds: Array<LabelChangeKind>;
  /** For people: `renamed 'Kitty' to 'Cat' (en); moved from 'pets' to the top`. */
  summary: Scalars['String']['output'];
};

/** A page of differences. */
export type LabelDifferenceConnection = {
  /** The differences with their cursors. */
  edges: Array<LabelDifferenceEdge>;
  /** The differences alone. */
  nodes: Array<LabelDifference>;
  /** Where the page stands. */
  pageInfo: PageInfo;
  /** How many there are in all. */
  totalCount: Scalars['Int']['output'];
};

/** One difference of a page. */
export type LabelDifferenceEdge = {
  /** Where it stands. */
  cursor: Scalars['String']['output'];
  /** The difference. */
  node: LabelDifference;
};

/** One label of a page. */
export type LabelEdge = {
  /** Where it stands. */
  cursor: Scalars['String']['output'];
  /** The label. */
  node: Label;
};

/** Formats of files of labels. docs/label-files.md shows each. */
export type LabelFileFormat =
  /** A header and a label a record: `key`, `parentKey`, `position`, `name:en`, `synonyms:en`, `description`. What has no column stays as it is. */
  | 'CSV'
  /** Google's product taxonomy with ids: `3237 - Animals & Pet Supplies > Live Animals`. The id is the key. */
  | 'GOOGLE'
  /** IAB's content taxonomy as TSV: Unique ID, Parent, Name, Tier 1 to 4, Extension. The unique id is the key. */
  | 'IAB'
  /** An array of labels, each as `upsertLabels` takes it. */
  | 'JSON'
  /** Shopify's product taxonomy: `gid://shopify/TaxonomyCategory/aa-1 : Apparel & Accessories > Clothing`. The gid is the key. */
  | 'SHOPIFY';

/** Narrows a list of labels. */
export type LabelFilter = {
  /** Those whose key, or a name or synonym in any language, contains this, in any case. */
  textContains?: InputMaybe<Scalars['String']['input']>;
};

/** A label to add or to change. */
export type LabelInput = {
  /** For people. */
  description?: InputMaybe<Scalars['String']['input']>;
  /** Stable over versions, unique in the taxonomy, 1 to 200 characters. */
  key: Scalars['String']['input'];
  /** At least one name, one a language. */
  names: Array<LocalizedTextInput>;
  /** The key of the label above it; null: at the top. */
  parentKey?: InputMaybe<Scalars['String']['input']>;
  /** The order among its siblings; left out: where it is, or at the end. */
  position?: InputMaybe<Scalars['Int']['input']>;
  /** Other words for it; none where left out. */
  synonyms?: InputMaybe<Array<LocalizedTextInput>>;
};

/** Two labels and how alike they are to the model. */
export type LabelPair = {
  /** The one that stands above. */
  a: Label;
  /** The other. */
  b: Label;
  /** Cosine of their label embeddings, -1 to 1. */
  similarity: Scalars['Float']['output'];
};

/** How long something took, in milliseconds. */
export type LatencyPercentiles = {
  /** Half of them took no longer. */
  p50Ms: Scalars['Float']['output'];
  /** 95 of 100 took no longer. */
  p95Ms: Scalars['Float']['output'];
  /** 99 of 100 took no longer. */
  p99Ms: Scalars['Float']['output'];
};

/** A text in a language. */
export type LocalizedText = {
  /** The language. */
  language: Scalars['LanguageTag']['output'];
  /** The text. */
  text: Scalars['String']['output'];
};

/** A text in a language. */
export type LocalizedTextInput = {
  /** The language. */
  language: Scalars['LanguageTag']['input'];
  /** The text, 1 to 500 characters. */
  text: Scalars['String']['input'];
};

/** What a message says of one image, by a mapping. */
export type MappedImage = {
  /** Its metadata. */
  metadata: Maybe<Scalars['JSONObject']['output']>;
  /** Its reference. */
  reference: Maybe<Scalars['String']['output']>;
  /** What it is fetched from; null: it comes as base64. */
  url: Maybe<Scalars['String']['output']>;
};

/** A registered pair of an image encoder and a text encoder that share one embedding space. */
export type Model = {
  /** How logits become scores. */
  activation: Activation;
  /** Tokens that a prompt may have; what is longer is cut. */
  contextLength: Scalars['Int']['output'];
  /** Numbers in an embedding. */
  dimension: Scalars['Int']['output'];
  /** The name by which taxonomies choose it. */
  id: Scalars['String']['output'];
  /** Whether it is the shipped model that only demonstrates the product: it knows illustrations, not photographs. */
  isDemonstration: Scalars['Boolean']['output'];
  /** The languages that its text encoder was trained on. */
  languages: Array<Scalars['LanguageTag']['output']>;
  /** SPDX identifier or a sentence. */
  licence: Scalars['String']['output'];
  /** What its licence or its card forbids, such as commercial use or any deployment; null where nothing is known. */
  licenceNotice: Maybe<Scalars['String']['output']>;
  /** The multiplier of a similarity, already exponentiated. */
  logitScale: Scalars['Float']['output'];
  /** The largest batch of images that an encoder is given, found at warm-up; null before it. */
  maxBatchSize: Maybe<Scalars['Int']['output']>;
  /** For people. */
  name: Scalars['String']['output'];
  /** The execution provider in use, such as `cpu` or `cuda`; null while none is. */
  provider: Maybe<Scalars['String']['output']>;
  /** SHA-256 over the content that decides embeddings and scores: equal revisions give equal results. */
  revision: Scalars['String']['output'];
  /** Whether it can encode now. */
  state: ModelState;
};

/** Whether a model can encode now. */
export type ModelState =
  /** No encoder could be started; the log says why and what mends it. */
  | 'FAILED'
  /** It encodes. */
  | 'READY'
  /** Its encoders are starting. */
  | 'STARTING'
  /** It is not in memory; the first request that needs it loads it and waits for that. */
  | 'UNLOADED';

/** The input of `moveLabels`. */
export type MoveLabelsInput = {
  /** The key of the sibling that they shall follow; null: first among their siblings. */
  afterKey?: InputMaybe<Scalars['String']['input']>;
  /** The revision of the draft that the caller has seen. */
  expectedRevision: Scalars['Int']['input'];
  /** The labels to move, in the order that they shall have. */
  keys: Array<Scalars['String']['input']>;
  /** The key of the label that they shall stand under; null: at the top. */
  parentKey?: InputMaybe<Scalars['String']['input']>;
  /** The taxonomy. */
  taxonomyId: Scalars['ID']['input'];
};

/** The answer to `moveLabels`. */
export type MoveLabelsPayload = {
  /** The taxonomy; null where there are user errors. */
  taxonomy: Maybe<Taxonomy>;
  /** What the caller has to mend. */
  userErrors: Array<UserError>;
};

/** The root of every write. Each mutation takes one `input` and answers with the changed object and `userErrors`. */
export type Mutation = {
  /** Takes a taxonomy out of use, for good: its versions and classifications stay readable, and its name stays taken. Rename it before, where the name shall be used again. */
  archiveTaxonomy: ArchiveTaxonomyPayload;
  /** Ends a job at once. Items that are finished stay; a job that has ended stays as it is. Scope CLASSIFY. */
  cancelClassificationJob: CancelClassificationJobPayload;
  /** Classifies images against taxonomies. One bad image fails alone. Scope CLASSIFY. */
  classifyImages: ClassifyImagesPayload;
  /** Mints a short-lived access token from the API key in use, for the pages of a frontend. It works as long as its key does, and at most to its own end. Needs a key: a token makes no credentials. */
  createAccessToken: CreateAccessTokenPayload;
  /** Creates an API key: with scope ADMIN for the own tenant; the operator for any, also one that has lost all its keys. */
  createApiKey: CreateApiKeyPayload;
  /** Begins to classify up to 10,000 images and answers at once. Each image is charged when it is classified: while a rate has no room the job waits. At most 20 jobs of a tenant run: RATE_LIMITED beyond that. Scope CLASSIFY. */
  createClassificationJob: CreateClassificationJobPayload;
  /** Makes a URL that takes images from another system. At most 50 hooks a tenant. Scope ADMIN. */
  createInboundHook: CreateInboundHookPayload;
  /** Creates a taxonomy with its draft. Scope TAXONOMY_WRITE, as for every mutation here. */
  createTaxonomy: CreateTaxonomyPayload;
  /** Creates a tenant with a first API key of scope ADMIN. Operators only. */
  createTenant: CreateTenantPayload;
  /** Begins to send events to a URL. At most 50 endpoints a tenant. Scope ADMIN. */
  createWebhookEndpoint: CreateWebhookEndpointPayload;
  /** Deletes a hook with its messages, those that are pending too; classifications stay. Scope ADMIN. */
  deleteInboundHook: DeleteInboundHookPayload;
  /** Deletes an endpoint with its deliveries, those that are pending too: of very many, it takes a while. Scope ADMIN. */
  deleteWebhookEndpoint: DeleteWebhookEndpointPayload;
  /** Makes a link to a file of the labels of a draft or a version, good for ten minutes. Scope TAXONOMY_READ. */
  exportLabels: ExportLabelsPayload;
  /** Adds the labels of a file to the draft and changes those whose key is there; it removes none. All of the file is taken, or nothing. */
  importLabels: ImportLabelsPayload;
  /** Moves labels of the draft under another parent or to another place among their siblings. */
  moveLabels: MoveLabelsPayload;
  /** Scores images against the draft, as `classifyImages` would once it is published. Stores nothing but text embeddings, which the next publication finds. Images count against the quotas. */
  previewImages: PreviewImagesPayload;
  /** Freezes the draft as a new version, also where it is what the newest one is, and embeds the prompts that are not cached yet. */
  publishTaxonomy: PublishTaxonomyPayload;
  /** Begins to classify images again, such as against a new version of their taxonomy, by their kept embeddings: without upload and without the image encoder, where `Tenant.retention.imageEmbeddingsDays` is set. Images take the references and metadata of their newest classifications, are charged as any, and fail with IMAGE_FETCH_FAILED where no embedding by the taxonomy's image encoder is kept. Scope CLASSIFY. */
  reclassify: ReclassifyPayload;
  /** Sends deliveries again, under the webhook-id that they had: some, or those of an endpoint. Scope ADMIN. */
  redeliver: RedeliverPayload;
  /** Removes labels from the draft together with everything below them. */
  removeLabels: RemoveLabelsPayload;
  /** Makes the labels and prompt templates of the draft what those of a version are. */
  restoreTaxonomyVersion: RestoreTaxonomyVersionPayload;
  /** Tries the failed items of a job again that has ended. Scope CLASSIFY. */
  retryClassificationJob: RetryClassificationJobPayload;
  /** Makes a key useless at once; the last usable one of scope ADMIN stays. Scope ADMIN. */
  revokeApiKey: RevokeApiKeyPayload;
  /** Makes a second key with the same name, scopes and, where it expires, lifetime. The first works on until it is revoked, so both are live while clients change over. Scope ADMIN. */
  rotateApiKey: RotateApiKeyPayload;
  /** Gives a hook a new secret; the one before it is good beside it for a while. Scope ADMIN. */
  rotateInboundHookSecret: RotateInboundHookSecretPayload;
  /** Gives an endpoint a new signing secret; the one before it signs beside it for a while. Scope ADMIN. */
  rotateWebhookSecret: RotateWebhookSecretPayload;
  /** Sends a `webhook.test` event to one endpoint, whatever events it wants. Scope ADMIN. */
  sendTestEvent: SendTestEventPayload;
  /** Replaces the prompt templates of the draft. */
  setPromptTemplates: SetPromptTemplatesPayload;
  /** Changes a hook; its URL, scheme and secret stay. Scope ADMIN. */
  updateInboundHook: UpdateInboundHookPayload;
  /** Changes what is said of a taxonomy; what is not given stays. */
  updateTaxonomy: UpdateTaxonomyPayload;
  /** Changes a tenant: the operator any of them; a key of scope ADMIN its own, all but the quotas. */
  updateTenant: UpdateTenantPayload;
  /** Changes an endpoint; enabling one forgets its failures. Scope ADMIN. */
  updateWebhookEndpoint: UpdateWebhookEndpointPayload;
  /** Adds labels to the draft, and replaces those whose key is there already. Thousands at once; at most 20,000 a taxonomy, 50 deep. */
  upsertLabels: UpsertLabelsPayload;
};


/** The root of every write. Each mutation takes one `input` and answers with the changed object and `userErrors`. */
export type MutationArchiveTaxonomyArgs = {
  input: ArchiveTaxonomyInput;
};


/** The root of every write. Each mutation takes one `input` and answers with the changed object and `userErrors`. */
export type MutationCancelClassificationJobArgs = {
  input: CancelClassificationJobInput;
};


/** The root of every write. Each mutation takes one `input` and answers with the changed object and `userErrors`. */
export type MutationClassifyImagesArgs = {
  input: ClassifyImagesInput;
};


/** The root of every write. Each mutation takes one `input` and answers with the changed object and `userErrors`. */
export type MutationCreateAccessTokenArgs = {
  input: CreateAccessTokenInput;
};


/** The root of every write. Each mutation takes one `input` and answers with the changed object and `userErrors`. */
export type MutationCreateApiKeyArgs = {
  input: CreateApiKeyInput;
};


/** The root of every write. Each mutation takes one `input` and answers with the changed object and `userErrors`. */
export type MutationCreateClassificationJobArgs = {
  input: CreateClassificationJobInput;
};


/** The root of every write. Each mutation takes one `input` and answers with the changed object and `userErrors`. */
export type MutationCreateInboundHookArgs = {
  input: CreateInboundHookInput;
};


/** The root of every write. Each mutation takes one `input` and answers with the changed object and `userErrors`. */
export type MutationCreateTaxonomyArgs = {
  input: CreateTaxonomyInput;
};


/** The root of every write. Each mutation takes one `input` and answers with the changed object and `userErrors`. */
export type MutationCreateTenantArgs = {
  input: CreateTenantInput;
};


/** The root of every write. Each mutation takes one `input` and answers with the changed object and `userErrors`. */
export type MutationCreateWebhookEndpointArgs = {
  input: CreateWebhookEndpointInput;
};


/** The root of every write. Each mutation takes one `input` and answers with the changed object and `userErrors`. */
export type MutationDeleteInboundHookArgs = {
  input: DeleteInboundHookInput;
};


/** The root of every write. Each mutation takes one `input` and answers with the changed object and `userErrors`. */
export type MutationDeleteWebhookEndpointArgs = {
  input: DeleteWebhookEndpointInput;
};


/** The root of every write. Each mutation takes one `input` and answers with the changed object and `userErrors`. */
export type MutationExportLabelsArgs = {
  input: ExportLabelsInput;
};


/** The root of every write. Each mutation takes one `input` and answers with the changed object and `userErrors`. */
export type MutationImportLabelsArgs = {
  input: ImportLabelsInput;
};


/** The root of every write. Each mutation takes one `input` and answers with the changed object and `userErrors`. */
export type MutationMoveLabelsArgs = {
  input: MoveLabelsInput;
};


/** The root of every write. Each mutation takes one `input` and answers with the changed object and `userErrors`. */
export type MutationPreviewImagesArgs = {
  input: PreviewImagesInput;
};


/** The root of every write. Each mutation takes one `input` and answers with the changed object and `userErrors`. */
export type MutationPublishTaxonomyArgs = {
  input: PublishTaxonomyInput;
};


/** The root of every write. Each mutation takes one `input` and answers with the changed object and `userErrors`. */
export type MutationReclassifyArgs = {
  input: ReclassifyInput;
};


/** The root of every write. Each mutation takes one `input` and answers with the changed object and `userErrors`. */
export type MutationRedeliverArgs = {
  input: RedeliverInput;
};


/** The root of every write. Each mutation takes one `input` and answers with the changed object and `userErrors`. */
export type MutationRemoveLabelsArgs = {
  input: RemoveLabelsInput;
};


/** The root of every write. Each mutation takes one `input` and answers with the changed object and `userErrors`. */
export type MutationRestoreTaxonomyVersionArgs = {
  input: RestoreTaxonomyVersionInput;
};


/** The root of every write. Each mutation takes one `input` and answers with the changed object and `userErrors`. */
export type MutationRetryClassificationJobArgs = {
  input: RetryClassificationJobInput;
};


/** The root of every write. Each mutation takes one `input` and answers with the changed object and `userErrors`. */
export type MutationRevokeApiKeyArgs = {
  input: RevokeApiKeyInput;
};


/** The root of every write. Each mutation takes one `input` and answers with the changed object and `userErrors`. */
export type MutationRotateApiKeyArgs = {
  input: RotateApiKeyInput;
};


/** The root of every write. Each mutation takes one `input` and answers with the changed object and `userErrors`. */
export type MutationRotateInboundHookSecretArgs = {
  input: RotateInboundHookSecretInput;
};


/** The root of every write. Each mutation takes one `input` and answers with the changed object and `userErrors`. */
export type MutationRotateWebhookSecretArgs = {
  input: RotateWebhookSecretInput;
};


/** The root of every write. Each mutation takes one `input` and answers with the changed object and `userErrors`. */
export type MutationSendTestEventArgs = {
  input: SendTestEventInput;
};


/** The root of every write. Each mutation takes one `input` and answers with the changed object and `userErrors`. */
export type MutationSetPromptTemplatesArgs = {
  input: SetPromptTemplatesInput;
};


/** The root of every write. Each mutation takes one `input` and answers with the changed object and `userErrors`. */
export type MutationUpdateInboundHookArgs = {
  input: UpdateInboundHookInput;
};


/** The root of every write. Each mutation takes one `input` and answers with the changed object and `userErrors`. */
export type MutationUpdateTaxonomyArgs = {
  input: UpdateTaxonomyInput;
};


/** The root of every write. Each mutation takes one `input` and answers with the changed object and `userErrors`. */
export type MutationUpdateTenantArgs = {
  input: UpdateTenantInput;
};


/** The root of every write. Each mutation takes one `input` and answers with the changed object and `userErrors`. */
export type MutationUpdateWebhookEndpointArgs = {
  input: UpdateWebhookEndpointInput;
};


/** The root of every write. Each mutation takes one `input` and answers with the changed object and `userErrors`. */
export type MutationUpsertLabelsArgs = {
  input: UpsertLabelsInput;
};

/** An API key together with its secret, this once. */
export type NewApiKey = {
  /** The key without its secret. */
  apiKey: ApiKey;
  /** The secret: `Authorization: Bearer <secret>`. It is not stored and never shown again. */
  secret: Scalars['String']['output'];
};

/** An object that `node(id)` finds. */
export type Node = {
  /** A TypeID: a prefix that names the type and a UUIDv7. Opaque to clients. */
  id: Scalars['ID']['output'];
};

/** Where a page of a connection stands among the others. */
export type PageInfo = {
  /** The cursor of the last edge; null on an empty page. */
  endCursor: Maybe<Scalars['String']['output']>;
  /** Whether there is more after `endCursor`. */
  hasNextPage: Scalars['Boolean']['output'];
  /** Whether there is more before `startCursor`. */
  hasPreviousPage: Scalars['Boolean']['output'];
  /** The cursor of the first edge; null on an empty page. */
  startCursor: Maybe<Scalars['String']['output']>;
};

/** One label with similarity and score. */
export type Prediction = {
  /** The label, as it was in the version. */
  label: Label;
  /** The label's name in a language; that of the classification where none is given. */
  name: Scalars['String']['output'];
  /** From the top of the tree down to the label. */
  path: Array<Label>;
  /** The language whose name and templates made the label embedding: the default language where the label has no name in the classification's prompt language. */
  promptLanguage: Scalars['LanguageTag']['output'];
  /** Softmax or sigmoid of the logit, 0 to 1. */
  score: Scalars['Float']['output'];
  /** Cosine of image embedding and label embedding, -1 to 1. */
  similarity: Scalars['Float']['output'];
};


/** One label with similarity and score. */
export type PredictionNameArgs = {
  language?: InputMaybe<Scalars['LanguageTag']['input']>;
};

/** One image scored against the draft. */
export type Preview = {
  /** The highest score first. */
  predictions: Array<PreviewPrediction>;
  /** Where the time went. */
  timing: ClassificationTiming;
};

/** The input of `previewImages`. */
export type PreviewImagesInput = {
  /** 1 to 20 images; the results keep their order. */
  images: Array<ImageInput>;
  /** The language whose label embeddings are scored; the taxonomy's default, if the model knows it, where left out, else the first that the model knows. */
  promptLanguage?: InputMaybe<Scalars['LanguageTag']['input']>;
  /** The taxonomy, whose draft has at most 5,000 labels, and 1,000 prompts that are not embedded yet. */
  taxonomyId: Scalars['ID']['input'];
  /** How many predictions are returned at most, 1 to 100. */
  topK?: Scalars['Int']['input'];
};

/** The answer to `previewImages`. */
export type PreviewImagesPayload = {
  /** Prompts whose text embedding was cached. */
  cachedPrompts: Maybe<Scalars['Int']['output']>;
  /** The revision of the draft that was scored; null where there are user errors. */
  draftRevision: Maybe<Scalars['Int']['output']>;
  /** Prompts that had to be embedded for it. */
  embeddedPrompts: Maybe<Scalars['Int']['output']>;
  /** The language whose label embeddings were scored; null where there are user errors. */
  promptLanguage: Maybe<Scalars['LanguageTag']['output']>;
  /** One result an image, in order; empty where there are user errors. */
  results: Array<PreviewResult>;
  /** What the caller has to mend. */
  userErrors: Array<UserError>;
};

/** What became of one image under the draft. */
export type PreviewOutcome = ClassificationError | Preview;

/** One label of the draft with similarity and score. */
export type PreviewPrediction = {
  /** The label, as it is in the draft. */
  label: Label;
  /** The label's name in a language; in the taxonomy's default where none is given. */
  name: Scalars['String']['output'];
  /** The language whose name and templates made the label embedding. */
  promptLanguage: Scalars['LanguageTag']['output'];
  /** Softmax or sigmoid of the logit, 0 to 1. */
  score: Scalars['Float']['output'];
  /** Cosine of image embedding and label embedding, -1 to 1. */
  similarity: Scalars['Float']['output'];
};


/** One label of the draft with similarity and score. */
export type PreviewPredictionNameArgs = {
  language?: InputMaybe<Scalars['LanguageTag']['input']>;
};

/** What became of one image of a preview. */
export type PreviewResult = {
  /** What is known of the image; null where it could not be read. */
  image: Maybe<ImageInfo>;
  /** The place of the image in the input. */
  index: Scalars['Int']['output'];
  /** Its predictions, or why it has none. */
  outcome: PreviewOutcome;
  /** What the caller called the image. */
  reference: Maybe<Scalars['String']['output']>;
};

/** Text with one `{label}` slot that makes prompts of label names. */
export type PromptTemplate = {
  /** The language of the names that it takes. */
  language: Scalars['LanguageTag']['output'];
  /** Such as `a photo of a {label}.` */
  text: Scalars['String']['output'];
};

/** A prompt template. */
export type PromptTemplateInput = {
  /** The language of the names that it takes. */
  language: Scalars['LanguageTag']['input'];
  /** With exactly one `{label}` slot, 1 to 500 characters. */
  text: Scalars['String']['input'];
};

/** The input of `publishTaxonomy`. */
export type PublishTaxonomyInput = {
  /** The revision of the draft that the caller has seen. */
  expectedRevision: Scalars['Int']['input'];
  /** The same key and input, within 24 hours, give the first answer again. */
  idempotencyKey?: InputMaybe<Scalars['String']['input']>;
  /** What to say of the version. */
  note?: InputMaybe<Scalars['String']['input']>;
  /** The taxonomy. */
  taxonomyId: Scalars['ID']['input'];
  /** How long to wait for the version to become READY, 0 to 60,000 milliseconds. It goes on afterwards: ask for `progress`. */
  waitMs?: Scalars['Int']['input'];
};

/** The answer to `publishTaxonomy`. */
export type PublishTaxonomyPayload = {
  /** Prompts whose text embedding was cached. */
  cachedPrompts: Maybe<Scalars['Int']['output']>;
  /** Prompts that had to be embedded for it. */
  embeddedPrompts: Maybe<Scalars['Int']['output']>;
  /** The taxonomy; null where there are user errors. */
  taxonomy: Maybe<Taxonomy>;
  /** What the caller has to mend. */
  userErrors: Array<UserError>;
  /** The new version. */
  version: Maybe<TaxonomyVersion>;
  /** The warnings of the version so far: what its label embeddings show is among them if it is READY. */
  warnings: Array<PublishWarning>;
};

/** Something about a published version that its author may want to know. */
export type PublishWarning = {
  /** The kind. */
  code: PublishWarningCode;
  /** The labels that it is about, at most 100. */
  labelKeys: Array<Scalars['String']['output']>;
  /** What was found and what it means. */
  message: Scalars['String']['output'];
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

/** The root of every read. */
export type Query = {
  /** The tenant's API keys. Scope ADMIN. */
  apiKeys: ApiKeyConnection;
  /** One classification; null where there is none. Scope CLASSIFY. */
  classification: Maybe<Classification>;
  /** A classification job of the tenant; null where there is none. Scope CLASSIFY. */
  classificationJob: Maybe<ClassificationJob>;
  /** How many classifications were made, how sure they were and how long they took. Scope CLASSIFY. */
  classificationStats: ClassificationStats;
  /** The tenant's classifications. Scope CLASSIFY. */
  classifications: ClassificationConnection;
  /** The tenant's inbound hooks, the newest first. Scope ADMIN. */
  inboundHooks: InboundHookConnection;
  /** The models that taxonomies can choose. */
  models: Array<Model>;
  /** The object with this id, or null where it is malformed, absent or not the viewer's to see. */
  node: Maybe<Node>;
  /** The objects with these ids, in their order; null in the place of each that `node` would answer with null. */
  nodes: Array<Maybe<Node>>;
  /** The tenant's taxonomies. Scope TAXONOMY_READ. */
  taxonomies: TaxonomyConnection;
  /** One taxonomy; null where there is none. Scope TAXONOMY_READ. */
  taxonomy: Maybe<Taxonomy>;
  /** The viewer's tenant; null for an operator. */
  tenant: Maybe<Tenant>;
  /** Every tenant. Operators only. */
  tenants: TenantConnection;
  /** What the tenant has used, exact at any moment. Scope ADMIN. */
  usage: Usage;
  /** Who is asking. */
  viewer: Viewer;
  /** The tenant's deliveries of the last 30 days, the newest first. Scope ADMIN. */
  webhookDeliveries: WebhookDeliveryConnection;
  /** The tenant's webhook endpoints, the newest first. Scope ADMIN. */
  webhookEndpoints: WebhookEndpointConnection;
};


/** The root of every read. */
export type QueryApiKeysArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  before?: InputMaybe<Scalars['String']['input']>;
  filter?: InputMaybe<ApiKeyFilter>;
  first?: InputMaybe<Scalars['Int']['input']>;
  last?: InputMaybe<Scalars['Int']['input']>;
  orderBy?: ApiKeyOrder;
};


/** The root of every read. */
export type QueryClassificationArgs = {
  id: Scalars['ID']['input'];
};


/** The root of every read. */
export type QueryClassificationJobArgs = {
  id: Scalars['ID']['input'];
};


/** The root of every read. */
export type QueryClassificationStatsArgs = {
  by: ClassificationStatsBy;
  from: Scalars['DateTime']['input'];
  taxonomyId?: InputMaybe<Scalars['ID']['input']>;
  to: Scalars['DateTime']['input'];
};


/** The root of every read. */
export type QueryClassificationsArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  before?: InputMaybe<Scalars['String']['input']>;
  filter?: InputMaybe<ClassificationFilter>;
  first?: InputMaybe<Scalars['Int']['input']>;
  last?: InputMaybe<Scalars['Int']['input']>;
  orderBy?: ClassificationOrder;
};


/** The root of every read. */
export type QueryInboundHooksArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  before?: InputMaybe<Scalars['String']['input']>;
  first?: InputMaybe<Scalars['Int']['input']>;
  last?: InputMaybe<Scalars['Int']['input']>;
};


/** The root of every read. */
export type QueryNodeArgs = {
  id: Scalars['ID']['input'];
};


/** The root of every read. */
export type QueryNodesArgs = {
  ids: Array<Scalars['ID']['input']>;
};


/** The root of every read. */
export type QueryTaxonomiesArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  before?: InputMaybe<Scalars['String']['input']>;
  filter?: InputMaybe<TaxonomyFilter>;
  first?: InputMaybe<Scalars['Int']['input']>;
  last?: InputMaybe<Scalars['Int']['input']>;
  orderBy?: TaxonomyOrder;
};


/** The root of every read. */
export type QueryTaxonomyArgs = {
  by: TaxonomyBy;
};


/** The root of every read. */
export type QueryTenantsArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  before?: InputMaybe<Scalars['String']['input']>;
  filter?: InputMaybe<TenantFilter>;
  first?: InputMaybe<Scalars['Int']['input']>;
  last?: InputMaybe<Scalars['Int']['input']>;
  orderBy?: TenantOrder;
};


/** The root of every read. */
export type QueryUsageArgs = {
  by: UsageBy;
  from: Scalars['DateTime']['input'];
  to: Scalars['DateTime']['input'];
};


/** The root of every read. */
export type QueryWebhookDeliveriesArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  before?: InputMaybe<Scalars['String']['input']>;
  filter?: InputMaybe<WebhookDeliveryFilter>;
  first?: InputMaybe<Scalars['Int']['input']>;
  last?: InputMaybe<Scalars['Int']['input']>;
};


/** The root of every read. */
export type QueryWebhookEndpointsArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  before?: InputMaybe<Scalars['String']['input']>;
  first?: InputMaybe<Scalars['Int']['input']>;
  last?: InputMaybe<Scalars['Int']['input']>;
};

/** The input of `reclassify`. */
export type ReclassifyInput = {
  /** Which images: up to 10,000, each once under each reference. */
  from: ReclassifySource;
  /** The same key and input, within 24 hours, give the same job. */
  idempotencyKey?: InputMaybe<Scalars['String']['input']>;
  /** The language of the label names; the taxonomy's default where left out. */
  language?: InputMaybe<Scalars['LanguageTag']['input']>;
  /** Leaves out predictions that score lower, 0 to 1. */
  minScore?: InputMaybe<Scalars['Float']['input']>;
  /** The language whose label embeddings are scored, as in `classifyImages`. */
  promptLanguage?: InputMaybe<Scalars['LanguageTag']['input']>;
  /** 1 to 10 taxonomies; the outcomes keep their order. */
  taxonomies: Array<TaxonomyRef>;
  /** How many predictions are stored at most, 1 to 100. */
  topK?: Scalars['Int']['input'];
};

/** The answer to `reclassify`. */
export type ReclassifyPayload = {
  /** The job; null where there are user errors. */
  job: Maybe<ClassificationJob>;
  /** What the caller has to mend. */
  userErrors: Array<UserError>;
};

/** Whose images are classified again. */
export type ReclassifySource =
  /** Those of the classifications that match. */
  { filter: ClassificationFilter; jobId?: never; }
  |  /** Those of the items of a job that succeeded. */
  { filter?: never; jobId: Scalars['ID']['input']; };

/** The input of `redeliver`: either `deliveryIds` or `endpointId`. */
export type RedeliverInput = {
  /** These deliveries; those that are not there, or whose endpoint is disabled, are left out. */
  deliveryIds?: InputMaybe<Array<Scalars['ID']['input']>>;
  /** Those to this endpoint, at most 10,000. */
  endpointId?: InputMaybe<Scalars['ID']['input']>;
  /** Only those that are FAILED. */
  onlyFailed?: Scalars['Boolean']['input'];
  /** Only those of events at this time or later. */
  since?: InputMaybe<Scalars['DateTime']['input']>;
};

/** The answer to `redeliver`. */
export type RedeliverPayload = {
  /** How many deliveries were begun anew; null where there are user errors. */
  redeliveredCount: Maybe<Scalars['Int']['output']>;
  /** What the caller has to mend. */
  userErrors: Array<UserError>;
};

/** The input of `removeLabels`. */
export type RemoveLabelsInput = {
  /** The revision of the draft that the caller has seen. */
  expectedRevision: Scalars['Int']['input'];
  /** The keys to remove; each must be there. */
  keys: Array<Scalars['String']['input']>;
  /** The taxonomy. */
  taxonomyId: Scalars['ID']['input'];
};

/** The answer to `removeLabels`. */
export type RemoveLabelsPayload = {
  /** How many labels went, those below included. */
  removedCount: Maybe<Scalars['Int']['output']>;
  /** The taxonomy; null where there are user errors. */
  taxonomy: Maybe<Taxonomy>;
  /** What the caller has to mend. */
  userErrors: Array<UserError>;
};

/** The input of `restoreTaxonomyVersion`. */
export type RestoreTaxonomyVersionInput = {
  /** The revision of the draft that the caller has seen. */
  expectedRevision: Scalars['Int']['input'];
  /** The number of the version. */
  number: Scalars['Int']['input'];
  /** The taxonomy. */
  taxonomyId: Scalars['ID']['input'];
};

/** The answer to `restoreTaxonomyVersion`. */
export type RestoreTaxonomyVersionPayload = {
  /** The taxonomy; null where there are user errors. */
  taxonomy: Maybe<Taxonomy>;
  /** What the caller has to mend. */
  userErrors: Array<UserError>;
};

/** The input of `retryClassificationJob`. */
export type RetryClassificationJobInput = {
  /** The job. */
  id: Scalars['ID']['input'];
};

/** The answer to `retryClassificationJob`. */
export type RetryClassificationJobPayload = {
  /** The job as it is now; null where there are user errors. */
  job: Maybe<ClassificationJob>;
  /** What the caller has to mend. */
  userErrors: Array<UserError>;
};

/** The input of `revokeApiKey`. */
export type RevokeApiKeyInput = {
  /** The key to revoke. Revoking twice changes nothing. */
  id: Scalars['ID']['input'];
};

/** The answer to `revokeApiKey`. */
export type RevokeApiKeyPayload = {
  /** The revoked key; null where there are user errors. */
  apiKey: Maybe<ApiKey>;
  /** What the caller has to mend. */
  userErrors: Array<UserError>;
};

/** The input of `rotateApiKey`. */
export type RotateApiKeyInput = {
  /** The key to succeed. */
  id: Scalars['ID']['input'];
};

/** The answer to `rotateApiKey`. */
export type RotateApiKeyPayload = {
  /** The new key; null where there are user errors. */
  apiKey: Maybe<ApiKey>;
  /** Its secret, this once. */
  secret: Maybe<Scalars['String']['output']>;
  /** What the caller has to mend. */
  userErrors: Array<UserError>;
};

/** The input of `rotateInboundHookSecret`. */
export type RotateInboundHookSecretInput = {
  /** The hook. */
  id: Scalars['ID']['input'];
  /** Seconds for which the present secret is good beside the new one, 0 to 604,800. */
  overlapSeconds?: Scalars['Int']['input'];
  /** The secret that the sender has already; one is made where left out. */
  secret?: InputMaybe<Scalars['String']['input']>;
};

/** The answer to `rotateInboundHookSecret`. */
export type RotateInboundHookSecretPayload = {
  /** The hook; null where there are user errors. */
  hook: Maybe<InboundHook>;
  /** The new secret, this once. */
  secret: Maybe<Scalars['String']['output']>;
  /** What the caller has to mend. */
  userErrors: Array<UserError>;
};

/** The input of `rotateWebhookSecret`. */
export type RotateWebhookSecretInput = {
  /** The endpoint. */
  id: Scalars['ID']['input'];
  /** Seconds for which the present secret signs beside the new one, 0 to 604,800. */
  overlapSeconds?: Scalars['Int']['input'];
};

/** The answer to `rotateWebhookSecret`. */
export type RotateWebhookSecretPayload = {
  /** The endpoint; null where there are user errors. */
  endpoint: Maybe<WebhookEndpoint>;
  /** The new secret, this once. */
  secret: Maybe<Scalars['String']['output']>;
  /** What the caller has to mend. */
  userErrors: Array<UserError>;
};

/** What a credential allows. */
export type Scope =
  /** Everything in the tenant, API keys too. */
  | 'ADMIN'
  /** Classify images and read classifications. */
  | 'CLASSIFY'
  /** Read taxonomies. */
  | 'TAXONOMY_READ'
  /** Create, edit, publish and archive taxonomies. */
  | 'TAXONOMY_WRITE';

/** The input of `sendTestEvent`. */
export type SendTestEventInput = {
  /** The endpoint. */
  endpointId: Scalars['ID']['input'];
};

/** The answer to `sendTestEvent`. */
export type SendTestEventPayload = {
  /** The delivery, which is only beginning; null where there are user errors. */
  delivery: Maybe<WebhookDelivery>;
  /** What the caller has to mend. */
  userErrors: Array<UserError>;
};

/** The input of `setPromptTemplates`. */
export type SetPromptTemplatesInput = {
  /** The revision of the draft that the caller has seen. */
  expectedRevision: Scalars['Int']['input'];
  /** All templates of the draft; a language without any uses those of its base language (`en` for `en-GB`), else the bare name. At most 100 a language. */
  promptTemplates: Array<PromptTemplateInput>;
  /** The taxonomy. */
  taxonomyId: Scalars['ID']['input'];
};

/** The answer to `setPromptTemplates`. */
export type SetPromptTemplatesPayload = {
  /** The taxonomy; null where there are user errors. */
  taxonomy: Maybe<Taxonomy>;
  /** What the caller has to mend. */
  userErrors: Array<UserError>;
};

/** What is told as it happens: by WebSocket (graphql-ws, at `/graphql`) or as server-sent events (graphql-sse, at `/graphql/stream`). Queries and mutations are not served there. */
export type Subscription = {
  /** The classifications of a taxonomy as they are made, each once, in the order of their commits. Scope CLASSIFY. NOT_FOUND where there is no such taxonomy. */
  classificationCreated: Classification;
  /** The job as it stands, and again as it changes, at most four times a second; ends with the job. Scope CLASSIFY. NOT_FOUND where there is none. */
  classificationJobProgress: ClassificationJob;
  /** The version as it stands, and again as it changes, at most four times a second; ends when it is READY or FAILED. Scope TAXONOMY_READ. NOT_FOUND where there is none. */
  taxonomyVersionProgress: TaxonomyVersion;
};


/** What is told as it happens: by WebSocket (graphql-ws, at `/graphql`) or as server-sent events (graphql-sse, at `/graphql/stream`). Queries and mutations are not served there. */
export type SubscriptionClassificationCreatedArgs = {
  after?: InputMaybe<Scalars['ID']['input']>;
  taxonomyId: Scalars['ID']['input'];
};


/** What is told as it happens: by WebSocket (graphql-ws, at `/graphql`) or as server-sent events (graphql-sse, at `/graphql/stream`). Queries and mutations are not served there. */
export type SubscriptionClassificationJobProgressArgs = {
  id: Scalars['ID']['input'];
};


/** What is told as it happens: by WebSocket (graphql-ws, at `/graphql`) or as server-sent events (graphql-sse, at `/graphql/stream`). Queries and mutations are not served there. */
export type SubscriptionTaxonomyVersionProgressArgs = {
  id: Scalars['ID']['input'];
};

/** A named, versioned set of labels and prompt templates. */
export type Taxonomy = Node & {
  /** When it was archived; null: it is in use. */
  archivedAt: Maybe<Scalars['DateTime']['output']>;
  /** When it was created. */
  createdAt: Scalars['DateTime']['output'];
  /** The language of names and prompts where none is asked for. */
  defaultLanguage: Scalars['LanguageTag']['output'];
  /** For people. */
  description: Maybe<Scalars['String']['output']>;
  /** What is edited, and published next. Scope TAXONOMY_READ or TAXONOMY_WRITE. */
  draft: TaxonomyDraft;
  /** A TypeID: `taxonomy_…`. */
  id: Scalars['ID']['output'];
  /** The newest version that is READY; null before the first. Scope TAXONOMY_READ or TAXONOMY_WRITE. */
  latestVersion: Maybe<TaxonomyVersion>;
  /** The model that its next version is published for. */
  modelId: Scalars['String']['output'];
  /** Unique in the tenant. */
  name: Scalars['String']['output'];
  /** When it or its draft last changed. */
  updatedAt: Scalars['DateTime']['output'];
  /** Its frozen versions. Scope TAXONOMY_READ or TAXONOMY_WRITE. */
  versions: TaxonomyVersionConnection;
};


/** A named, versioned set of labels and prompt templates. */
export type TaxonomyVersionsArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  before?: InputMaybe<Scalars['String']['input']>;
  filter?: InputMaybe<TaxonomyVersionFilter>;
  first?: InputMaybe<Scalars['Int']['input']>;
  last?: InputMaybe<Scalars['Int']['input']>;
  orderBy?: TaxonomyVersionOrder;
};

/** Names one taxonomy. */
export type TaxonomyBy =
  /** By its id. */
  { id: Scalars['ID']['input']; name?: never; }
  |  /** By its name. */
  { id?: never; name: Scalars['String']['input']; };

/** A page of taxonomies. */
export type TaxonomyConnection = {
  /** The taxonomies with their cursors. */
  edges: Array<TaxonomyEdge>;
  /** The taxonomies alone. */
  nodes: Array<Taxonomy>;
  /** Where the page stands. */
  pageInfo: PageInfo;
  /** How many there are in all. */
  totalCount: Scalars['Int']['output'];
};

/** How a draft or version differs from another. */
export type TaxonomyDifference = {
  /** Labels that were not there. */
  addedCount: Scalars['Int']['output'];
  /** Prompt templates that were not there, by language in order. */
  addedPromptTemplates: Array<PromptTemplate>;
  /** Labels with another description. */
  descriptionChangedCount: Scalars['Int']['output'];
  /** The labels that are not the same, by key. */
  labels: LabelDifferenceConnection;
  /** Labels under another parent. */
  movedCount: Scalars['Int']['output'];
  /** Whether siblings that were there before stand in another order. That alone puts no label among `labels`. */
  orderChanged: Scalars['Boolean']['output'];
  /** Labels that are gone. */
  removedCount: Scalars['Int']['output'];
  /** Prompt templates that are gone, by language in order. */
  removedPromptTemplates: Array<PromptTemplate>;
  /** Labels with other names. */
  renamedCount: Scalars['Int']['output'];
  /** Labels with other synonyms. */
  synonymsChangedCount: Scalars['Int']['output'];
};


/** How a draft or version differs from another. */
export type TaxonomyDifferenceLabelsArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  before?: InputMaybe<Scalars['String']['input']>;
  first?: InputMaybe<Scalars['Int']['input']>;
  last?: InputMaybe<Scalars['Int']['input']>;
};

/** The labels and prompt templates of a taxonomy that are edited. */
export type TaxonomyDraft = {
  /** How it differs from the newest READY version; from nothing, where there is none. */
  changes: TaxonomyDifference;
  /** How many labels it has. */
  labelCount: Scalars['Int']['output'];
  /** Its labels, parents before their children, siblings in order. */
  labels: LabelConnection;
  /** Its prompt templates, by language in order. */
  promptTemplates: Array<PromptTemplate>;
  /** Counts the edits: each edit names the revision that it has seen as `expectedRevision`. */
  revision: Scalars['Int']['output'];
};


/** The labels and prompt templates of a taxonomy that are edited. */
export type TaxonomyDraftLabelsArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  before?: InputMaybe<Scalars['String']['input']>;
  filter?: InputMaybe<LabelFilter>;
  first?: InputMaybe<Scalars['Int']['input']>;
  last?: InputMaybe<Scalars['Int']['input']>;
};

/** One taxonomy of a page. */
export type TaxonomyEdge = {
  /** Where it stands. */
  cursor: Scalars['String']['output'];
  /** The taxonomy. */
  node: Taxonomy;
};

/** Narrows a list of taxonomies. */
export type TaxonomyFilter = {
  /** Archived ones instead of those in use. */
  archived?: InputMaybe<Scalars['Boolean']['input']>;
  /** Those whose name contains this, in any case. */
  nameContains?: InputMaybe<Scalars['String']['input']>;
};

/** The order of a list of taxonomies. */
export type TaxonomyOrder =
  /** The newest first. */
  | 'CREATED_AT_DESC'
  /** By name, A to Z. */
  | 'NAME_ASC';

/** Names one taxonomy and, where wanted, one of its versions. */
export type TaxonomyRef = {
  /** Its id or its name. */
  by: TaxonomyBy;
  /** The number of a version; the newest READY one where left out. */
  version?: InputMaybe<Scalars['Int']['input']>;
};

/** A frozen version of a taxonomy: it never changes, so a classification can be repeated. */
export type TaxonomyVersion = Node & {
  /** How it differs from another version of its taxonomy, earlier or later. */
  changesSince: TaxonomyDifference;
  /** When it was frozen. */
  createdAt: Scalars['DateTime']['output'];
  /** The language of label names where none is asked for. */
  defaultLanguage: Scalars['LanguageTag']['output'];
  /** Why it FAILED; null otherwise. */
  failure: Maybe<Scalars['String']['output']>;
  /** A TypeID: `version_…`. */
  id: Scalars['ID']['output'];
  /** The pairs of labels that the model tells apart the least, the closest first. Empty until it is READY. */
  labelConfusion: Array<LabelPair>;
  /** How many labels it has. */
  labelCount: Scalars['Int']['output'];
  /** Its labels, parents before their children, siblings in order. Scope TAXONOMY_READ or TAXONOMY_WRITE. */
  labels: LabelConnection;
  /** The model that it was published for. */
  modelId: Scalars['String']['output'];
  /** The exact revision of the model. */
  modelRevision: Scalars['String']['output'];
  /** What its author said of it. */
  note: Maybe<Scalars['String']['output']>;
  /** Counts from 1 within the taxonomy. */
  number: Scalars['Int']['output'];
  /** How far the embedding of its prompts is. */
  progress: EmbeddingProgress;
  /** The languages that its labels can be scored in. */
  promptLanguages: Array<Scalars['LanguageTag']['output']>;
  /** Its prompt templates, by language in order. Scope TAXONOMY_READ or TAXONOMY_WRITE. */
  promptTemplates: Array<PromptTemplate>;
  /** When it became READY. */
  publishedAt: Maybe<Scalars['DateTime']['output']>;
  /** Whether it can be classified against. */
  state: TaxonomyVersionState;
  /** Its taxonomy. */
  taxonomy: Taxonomy;
  /** What its author may want to know; once it is READY, also what its label embeddings show. */
  warnings: Array<PublishWarning>;
};


/** A frozen version of a taxonomy: it never changes, so a classification can be repeated. */
export type TaxonomyVersionChangesSinceArgs = {
  number: Scalars['Int']['input'];
};


/** A frozen version of a taxonomy: it never changes, so a classification can be repeated. */
export type TaxonomyVersionLabelConfusionArgs = {
  first?: Scalars['Int']['input'];
  promptLanguage?: InputMaybe<Scalars['LanguageTag']['input']>;
};


/** A frozen version of a taxonomy: it never changes, so a classification can be repeated. */
export type TaxonomyVersionLabelsArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  before?: InputMaybe<Scalars['String']['input']>;
  filter?: InputMaybe<LabelFilter>;
  first?: InputMaybe<Scalars['Int']['input']>;
  last?: InputMaybe<Scalars['Int']['input']>;
};

/** A page of versions. */
export type TaxonomyVersionConnection = {
  /** The versions with their cursors. */
  edges: Array<TaxonomyVersionEdge>;
  /** The versions alone. */
  nodes: Array<TaxonomyVersion>;
  /** Where the page stands. */
  pageInfo: PageInfo;
};

/** One version of a page. */
export type TaxonomyVersionEdge = {
  /** Where it stands. */
  cursor: Scalars['String']['output'];
  /** The version. */
  node: TaxonomyVersion;
};

/** Narrows a list of versions. */
export type TaxonomyVersionFilter = {
  /** Those in this state. */
  state?: InputMaybe<TaxonomyVersionState>;
};

/** The order of a list of versions. */
export type TaxonomyVersionOrder =
  /** The oldest first. */
  | 'NUMBER_ASC'
  /** The newest first. */
  | 'NUMBER_DESC';

/** The life of a version. */
export type TaxonomyVersionState =
  /** Its prompts are being embedded. */
  | 'EMBEDDING'
  /** Its prompts could not be embedded; `failure` says why. Publish again. */
  | 'FAILED'
  /** It can be classified against. */
  | 'READY';

/** The isolation boundary: nothing of one tenant is visible to another. */
export type Tenant = Node & {
  /** When it was created. */
  createdAt: Scalars['DateTime']['output'];
  /** A TypeID: `tenant_…`. */
  id: Scalars['ID']['output'];
  /** Unique in the installation. */
  name: Scalars['String']['output'];
  /** What it may use. For the operator and keys of scope ADMIN. */
  quotas: Maybe<TenantQuotas>;
  /** How long its records are kept. For the operator and keys of scope ADMIN. */
  retention: Maybe<TenantRetention>;
  /** Whether its keys may send registered documents only, by their `documentId`. */
  trustedDocumentsOnly: Scalars['Boolean']['output'];
  /** What it has used of that. For the operator and keys of scope ADMIN. */
  usage: Maybe<TenantUsage>;
};

/** A page of tenants. */
export type TenantConnection = {
  /** The tenants with their cursors. */
  edges: Array<TenantEdge>;
  /** The tenants alone. */
  nodes: Array<Tenant>;
  /** Where the page stands. */
  pageInfo: PageInfo;
};

/** One tenant of a page. */
export type TenantEdge = {
  /** Where it stands. */
  cursor: Scalars['String']['output'];
  /** The tenant. */
  node: Tenant;
};

/** Narrows a list of tenants. */
export type TenantFilter = {
  /** Those whose name contains this, in any case. */
  nameContains?: InputMaybe<Scalars['String']['input']>;
};

/** The order of a list of tenants. */
export type TenantOrder =
  /** The newest first. */
  | 'CREATED_AT_DESC'
  /** By name, A to Z. */
  | 'NAME_ASC';

/** What a tenant may use. */
export type TenantQuotas = {
  /** Images a minute, as a rate: as many at once, and then one after the other as time goes by. Each further taxonomy of a request counts a tenth of its images more. Null: no limit. */
  imagesPerMinute: Maybe<Scalars['Int']['output']>;
  /** Images with at least one classification in a calendar month of UTC; null: no limit. */
  imagesPerMonth: Maybe<Scalars['Int']['output']>;
};

/** Quotas to set. What is left out stays as it is; null takes a limit away. */
export type TenantQuotasInput = {
  /** Images a minute, 1 to 1,000,000. */
  imagesPerMinute?: InputMaybe<Scalars['Int']['input']>;
  /** Images in a calendar month of UTC, 1 to 2,000,000,000. */
  imagesPerMonth?: InputMaybe<Scalars['Int']['input']>;
};

/** How long records of a tenant are kept. */
export type TenantRetention = {
  /** Days after which a classification is deleted; null: it is kept. */
  classificationsDays: Maybe<Scalars['Int']['output']>;
  /** Days for which the embedding of an image is kept after its first classification, so that `reclassify` needs no upload; null: it is not. */
  imageEmbeddingsDays: Maybe<Scalars['Int']['output']>;
  /** Days for which an image itself is kept after its first classification: `ImageInfo.url`; null: it is not. */
  imagesDays: Maybe<Scalars['Int']['output']>;
};

/** Retention to set. What is left out stays as it is. */
export type TenantRetentionInput = {
  /** Days after which a classification is deleted, 1 to 3,650; null keeps classifications. */
  classificationsDays?: InputMaybe<Scalars['Int']['input']>;
  /** Days for which image embeddings are kept, 1 to 3,650; null keeps none, and those that are kept are deleted within the hour. */
  imageEmbeddingsDays?: InputMaybe<Scalars['Int']['input']>;
  /** Days for which images are kept, 1 to 3,650, up to 1 GB; null keeps none, and those that are kept are deleted within the hour. */
  imagesDays?: InputMaybe<Scalars['Int']['input']>;
};

/** What a tenant has used. */
export type TenantUsage = {
  /** Classifications in this calendar month of UTC. */
  classificationsThisMonth: Scalars['Int']['output'];
  /** Images that one request could bring now; null where nothing bounds it. */
  imagesLeftNow: Maybe<Scalars['Int']['output']>;
  /** Images with at least one classification in this calendar month of UTC. */
  imagesThisMonth: Scalars['Int']['output'];
  /** When the next month begins, and both are 0 again. */
  resetsAt: Scalars['DateTime']['output'];
};

/** The input of `updateInboundHook`. What is left out stays as it is. */
export type UpdateInboundHookInput = {
  /** Where the digest stands; of hooks with the scheme HMAC_HEADER. */
  hmacHeader?: InputMaybe<HmacHeaderInput>;
  /** The hook. */
  id: Scalars['ID']['input'];
  /** How many images it takes in a minute, 1 to 100,000. */
  imagesPerMinute?: InputMaybe<Scalars['Int']['input']>;
  /** Whether it takes messages; what it has taken is classified either way. */
  isEnabled?: InputMaybe<Scalars['Boolean']['input']>;
  /** The language of the label names; null: the taxonomy's default. */
  language?: InputMaybe<Scalars['LanguageTag']['input']>;
  /** What is otherwise than in the preset. */
  mapping?: InputMaybe<InboundHookMappingInput>;
  /** Leaves out predictions that score lower; null: none. */
  minScore?: InputMaybe<Scalars['Float']['input']>;
  /** What it is called. */
  name?: InputMaybe<Scalars['String']['input']>;
  /** A preset and what is otherwise than in it, in place of the whole mapping; PLAIN where only `mapping` is given. */
  preset?: InputMaybe<InboundHookPreset>;
  /** The language whose label embeddings are scored; null: as in `classifyImages`. */
  promptLanguage?: InputMaybe<Scalars['LanguageTag']['input']>;
  /** A message as the sender sends it: the mapping, as it then is, must find an image in it. */
  sample?: InputMaybe<Scalars['JSONObject']['input']>;
  /** The taxonomy that images are classified against. */
  taxonomyId?: InputMaybe<Scalars['ID']['input']>;
  /** How many predictions are stored at most, 1 to 100. */
  topK?: InputMaybe<Scalars['Int']['input']>;
  /** The number of a version; null: the newest READY one at the time. */
  version?: InputMaybe<Scalars['Int']['input']>;
};

/** The answer to `updateInboundHook`. */
export type UpdateInboundHookPayload = {
  /** The hook as it is now; null where there are user errors. */
  hook: Maybe<InboundHook>;
  /** What the mapping finds in the sample; null without one. */
  mappedImages: Maybe<Array<MappedImage>>;
  /** What the caller has to mend. */
  userErrors: Array<UserError>;
};

/** The input of `updateTaxonomy`. */
export type UpdateTaxonomyInput = {
  /** Another default language. */
  defaultLanguage?: InputMaybe<Scalars['LanguageTag']['input']>;
  /** A new description; null: none. */
  description?: InputMaybe<Scalars['String']['input']>;
  /** The revision of the draft that the caller has seen. */
  expectedRevision: Scalars['Int']['input'];
  /** The taxonomy. */
  id: Scalars['ID']['input'];
  /** Another model. */
  modelId?: InputMaybe<Scalars['String']['input']>;
  /** A new name. */
  name?: InputMaybe<Scalars['String']['input']>;
};

/** The answer to `updateTaxonomy`. */
export type UpdateTaxonomyPayload = {
  /** The taxonomy; null where there are user errors. */
  taxonomy: Maybe<Taxonomy>;
  /** What the caller has to mend. */
  userErrors: Array<UserError>;
};

/** The input of `updateTenant`. What is left out stays as it is; null takes a limit away. */
export type UpdateTenantInput = {
  /** The tenant; left out: that of the API key. An operator names it. */
  id?: InputMaybe<Scalars['ID']['input']>;
  /** What it may use. For the operator. */
  quotas?: InputMaybe<TenantQuotasInput>;
  /** How long its records are kept. */
  retention?: InputMaybe<TenantRetentionInput>;
  /** Whether its keys may send registered documents only. */
  trustedDocumentsOnly?: InputMaybe<Scalars['Boolean']['input']>;
};

/** The answer to `updateTenant`. */
export type UpdateTenantPayload = {
  /** The tenant as it is now; null where there are user errors. */
  tenant: Maybe<Tenant>;
  /** What the caller has to mend. */
  userErrors: Array<UserError>;
};

/** The input of `updateWebhookEndpoint`. What is left out stays as it is. */
export type UpdateWebhookEndpointInput = {
  /** What to say of it; null: nothing. */
  description?: InputMaybe<Scalars['String']['input']>;
  /** The events that it wants. */
  eventTypes?: InputMaybe<Array<WebhookEventType>>;
  /** Which of these, in place of the whole filter that it had; null: all. */
  filter?: InputMaybe<WebhookFilterInput>;
  /** The endpoint. */
  id: Scalars['ID']['input'];
  /** Whether events are sent there. What is pending when it is disabled fails; `redeliver` sends it again. */
  isEnabled?: InputMaybe<Scalars['Boolean']['input']>;
  /** The version of the usual payload. */
  payloadVersion?: InputMaybe<Scalars['Int']['input']>;
  /** The GraphQL fragments that choose the payload's data; null: the usual data. */
  selection?: InputMaybe<Scalars['String']['input']>;
  /** Where the requests go. */
  url?: InputMaybe<Scalars['URL']['input']>;
};

/** The answer to `updateWebhookEndpoint`. */
export type UpdateWebhookEndpointPayload = {
  /** The endpoint as it is now; null where there are user errors. */
  endpoint: Maybe<WebhookEndpoint>;
  /** What the caller has to mend. */
  userErrors: Array<UserError>;
};

/** The input of `upsertLabels`. */
export type UpsertLabelsInput = {
  /** The revision of the draft that the caller has seen. */
  expectedRevision: Scalars['Int']['input'];
  /** 1 to 20,000 labels with distinct keys; parents may stand in the same list, in any order. */
  labels: Array<LabelInput>;
  /** The taxonomy. */
  taxonomyId: Scalars['ID']['input'];
};

/** The answer to `upsertLabels`. */
export type UpsertLabelsPayload = {
  /** The taxonomy; null where there are user errors. */
  taxonomy: Maybe<Taxonomy>;
  /** What the caller has to mend. */
  userErrors: Array<UserError>;
};

/** What a tenant has used on some days. */
export type Usage = {
  /** Each group: in order of time, or the largest first; at most 1,000. What has no usage is left out. */
  groups: Array<UsageGroup>;
  /** All together. */
  total: UsageGroup;
};

/** What usage is grouped by. */
export type UsageBy =
  /** The API key; what its access tokens did counts as its own. */
  | 'API_KEY'
  /** The day of UTC. */
  | 'DAY'
  /** The model. */
  | 'MODEL';

/** What was used, all together or in one group. */
export type UsageGroup = {
  /** The API key of the group, by API_KEY; null in others, and where it is an inbound hook. */
  apiKey: Maybe<ApiKey>;
  /** Classifications. */
  classifications: Scalars['Float']['output'];
  /** Images with at least one classification, each once a model. */
  images: Scalars['Float']['output'];
  /** The inbound hook of the group, by API_KEY; null in others, and where it is an API key. */
  inboundHook: Maybe<InboundHook>;
  /** The model of the group, by MODEL; null in others. */
  modelId: Maybe<Scalars['String']['output']>;
  /** When the day begins; null in other groups. */
  start: Maybe<Scalars['DateTime']['output']>;
};

/** What the caller has to mend in the input: the same request, unchanged, fails again. */
export type UserError = {
  /** The kind of mistake. */
  code: ErrorCode;
  /** Facts of the message for programs, such as `{ "currentRevision": 7 }` for REVISION_CONFLICT; null where there are none. */
  details: Maybe<Scalars['JSONObject']['output']>;
  /** What was expected, what came and the remedy. */
  message: Scalars['String']['output'];
  /** Where in the input: `["labels", "3", "key"]`. */
  path: Array<Scalars['String']['output']>;
};

/** Who is asking. */
export type Viewer = {
  /** The access token in use; null where the key itself, or the operator key, was used. */
  accessToken: Maybe<AccessToken>;
  /** The API key in use; null for an operator. */
  apiKey: Maybe<ApiKey>;
  /** Whether the operator key was used. */
  isOperator: Scalars['Boolean']['output'];
  /** What the credential allows. */
  scopes: Array<Scope>;
  /** The tenant of the credential; null for an operator. */
  tenant: Maybe<Tenant>;
};

/** One event for one endpoint. */
export type WebhookDelivery = Node & {
  /** How often it was tried. */
  attemptCount: Scalars['Int']['output'];
  /** The requests, the first one first. */
  attempts: Array<DeliveryAttempt>;
  /** When the event happened. */
  createdAt: Scalars['DateTime']['output'];
  /** Where it goes. */
  endpoint: WebhookEndpoint;
  /** What it tells of. */
  event: WebhookEvent;
  /** Why it has failed for good, with or without an attempt; null where it has not. */
  failure: Maybe<Scalars['String']['output']>;
  /** When it succeeded or failed for good; null: it has not yet. */
  finishedAt: Maybe<Scalars['DateTime']['output']>;
  /** A TypeID: `delivery_…`. */
  id: Scalars['ID']['output'];
  /** When the next attempt is due; null: there is none. */
  nextAttemptAt: Maybe<Scalars['DateTime']['output']>;
  /** Whether the endpoint has it. */
  state: WebhookDeliveryState;
};

/** A page of deliveries. */
export type WebhookDeliveryConnection = {
  /** The deliveries with their cursors. */
  edges: Array<WebhookDeliveryEdge>;
  /** The deliveries alone. */
  nodes: Array<WebhookDelivery>;
  /** Where the page stands. */
  pageInfo: PageInfo;
};

/** One delivery of a page. */
export type WebhookDeliveryEdge = {
  /** Where it stands. */
  cursor: Scalars['String']['output'];
  /** The delivery. */
  node: WebhookDelivery;
};

/** Narrows a list of deliveries; all that is given must hold. */
export type WebhookDeliveryFilter = {
  /** Those of events before this time. */
  createdBefore?: InputMaybe<Scalars['DateTime']['input']>;
  /** Those of events at this time or later. */
  createdFrom?: InputMaybe<Scalars['DateTime']['input']>;
  /** Those to this endpoint. */
  endpointId?: InputMaybe<Scalars['ID']['input']>;
  /** Those of this event. */
  eventId?: InputMaybe<Scalars['ID']['input']>;
  /** Those of events of this type. */
  eventType?: InputMaybe<WebhookEventType>;
  /** Those in this state. */
  state?: InputMaybe<WebhookDeliveryState>;
};

/** Whether an endpoint has an event. */
export type WebhookDeliveryState =
  /** It is not tried any more. */
  | 'FAILED'
  /** It will be tried, perhaps again. */
  | 'PENDING'
  /** The endpoint has answered with a status of 2xx. */
  | 'SUCCEEDED';

/** Where events are sent, each as one signed HTTP request (Standard Webhooks). */
export type WebhookEndpoint = Node & {
  /** When it was created. */
  createdAt: Scalars['DateTime']['output'];
  /** What its owner says of it. */
  description: Maybe<Scalars['String']['output']>;
  /** When it was disabled; null: it is enabled. */
  disabledAt: Maybe<Scalars['DateTime']['output']>;
  /** The events that it wants. */
  eventTypes: Array<WebhookEventType>;
  /** Since when every attempt has failed; null: the last one did not. */
  failingSince: Maybe<Scalars['DateTime']['output']>;
  /** Which of these; null: all. */
  filter: Maybe<WebhookFilter>;
  /** A TypeID: `endpoint_…`. */
  id: Scalars['ID']['output'];
  /** Whether events are sent there. */
  isEnabled: Scalars['Boolean']['output'];
  /** Why the server disabled it; null where it did not. */
  notice: Maybe<Scalars['String']['output']>;
  /** The version of the usual payload. */
  payloadVersion: Scalars['Int']['output'];
  /** Until when the secret before the newest signs beside it; null: there is none. */
  previousSecretExpiresAt: Maybe<Scalars['DateTime']['output']>;
  /** The GraphQL fragments that choose the payload's data; null: the usual data. */
  selection: Maybe<Scalars['String']['output']>;
  /** When it was last changed by its owner. */
  updatedAt: Scalars['DateTime']['output'];
  /** Where the requests go. */
  url: Scalars['URL']['output'];
};

/** A page of webhook endpoints. */
export type WebhookEndpointConnection = {
  /** The webhook endpoints with their cursors. */
  edges: Array<WebhookEndpointEdge>;
  /** The webhook endpoints alone. */
  nodes: Array<WebhookEndpoint>;
  /** Where the page stands. */
  pageInfo: PageInfo;
};

/** One webhook endpoint of a page. */
export type WebhookEndpointEdge = {
  /** Where it stands. */
  cursor: Scalars['String']['output'];
  /** The webhook endpoint. */
  node: WebhookEndpoint;
};

/** Something that happened. It is kept for 30 days, where an endpoint wanted it. */
export type WebhookEvent = Node & {
  /** When it happened. */
  createdAt: Scalars['DateTime']['output'];
  /** The usual data of its payload. */
  data: Scalars['JSONObject']['output'];
  /** A TypeID: `event_…`; the `webhook-id` of every request that tells of it. */
  id: Scalars['ID']['output'];
  /** What kind of thing. */
  type: WebhookEventType;
};

/** What a tenant can be told of. */
export type WebhookEventType =
  /** `classification.completed`: an image was classified against one taxonomy. */
  | 'CLASSIFICATION_COMPLETED'
  /** `classification.failed`: one image of a request could not be classified. */
  | 'CLASSIFICATION_FAILED'
  /** `job.completed`: a classification job has come to its end. */
  | 'JOB_COMPLETED'
  /** `taxonomy.published`: a version has become READY. */
  | 'TAXONOMY_PUBLISHED'
  /** `webhook.test`: sent by `sendTestEvent`, to whatever endpoint it names. */
  | 'WEBHOOK_TEST';

/** Which events of its types an endpoint gets; all that is given must hold. */
export type WebhookFilter = {
  /** Completed classifications whose best prediction is the label with this key, or one below it; null: any. */
  labelKey: Maybe<Scalars['String']['output']>;
  /** Completed classifications whose best score is at least this; null: any. */
  minScore: Maybe<Scalars['Float']['output']>;
  /** Those of this taxonomy; null: of any. */
  taxonomyId: Maybe<Scalars['ID']['output']>;
};

/** Which events of its types an endpoint shall get; all that is given must hold. */
export type WebhookFilterInput = {
  /** Completed classifications whose best prediction is the label with this key, or one below it. */
  labelKey?: InputMaybe<Scalars['String']['input']>;
  /** Completed classifications whose best score is at least this, 0 to 1. */
  minScore?: InputMaybe<Scalars['Float']['input']>;
  /** Those of this taxonomy. */
  taxonomyId?: InputMaybe<Scalars['ID']['input']>;
};

/** What was sent to an endpoint. */
export type WebhookRequest = {
  /** Its body, byte for byte. */
  body: Scalars['String']['output'];
  /** Its headers by their names, the signature among them. */
  headers: Scalars['JSONObject']['output'];
  /** Where to. */
  url: Scalars['URL']['output'];
};

/** What an endpoint answered. */
export type WebhookResponse = {
  /** The first 4,096 bytes of its body, as text. */
  body: Scalars['String']['output'];
  /** Its headers by their names. */
  headers: Scalars['JSONObject']['output'];
  /** The HTTP status. */
  status: Scalars['Int']['output'];
};
