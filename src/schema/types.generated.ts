import type { GraphQLResolveInfo, GraphQLScalarType, GraphQLScalarTypeConfig } from 'graphql';
import type { Viewer as ViewerRow } from '../tenancy/viewer.ts';
import type { Tenant as TenantRow, ApiKey as ApiKeyRow, Taxonomy as TaxonomyRow, TaxonomyVersion as TaxonomyVersionRow, Label as LabelRow, Classification as ClassificationRow, ClassificationJob as ClassificationJobRow, ClassificationJobItem as ClassificationJobItemRow, Prediction as PredictionRow, WebhookEndpoint as WebhookEndpointRow, WebhookEvent as WebhookEventRow, WebhookDelivery as WebhookDeliveryRow, DeliveryAttempt as DeliveryAttemptRow, InboundHook as InboundHookRow, InboundMessage as InboundMessageRow } from '../database/generated/client.ts';
import type { LabelPair as LabelPairRow } from '../taxonomy/read-closest.ts';
import type { StatsGroup } from '../classification/stats.ts';
import type { PreviewPredictionRow } from '../resolvers/PreviewPrediction.ts';
import type { TaxonomyDifference as TaxonomyDifferenceRow } from '../taxonomy/compare-versions.ts';
import type { LabelDifference as LabelDifferenceRow } from '../taxonomy/label-difference.ts';
import type { ImportChanges as ImportChangesRow } from '../taxonomy/files/import-labels.ts';
import type { ModelStatus } from '../inference/index.ts';
import type { UsageGroup as UsageGroupRow } from '../metering/read-usage.ts';
import type { Context } from '../context.ts';
export type Maybe<T> = T | null;
export type InputMaybe<T> = T | null | undefined;
export type Omit<T, K extends keyof T> = Pick<T, Exclude<keyof T, K>>;
export type RequireFields<T, K extends keyof T> = Omit<T, K> & { [P in K]-?: NonNullable<T[P]> };
/** All built-in and custom scalars, mapped to their actual values */
export type Scalars = {
  ID: { input: string; output: string; }
  String: { input: string; output: string; }
  Boolean: { input: boolean; output: boolean; }
  Int: { input: number; output: number; }
  Float: { input: number; output: number; }
  /** A time in RFC 3339 with its offset, answered in UTC: `2026-01-31T12:00:00.000Z`. */
  DateTime: { input: Date; output: Date; }
  /** A JSON object of the caller's own making, given back as it came. */
  JSONObject: { input: Record<string, unknown>; output: Record<string, unknown>; }
  /** A language tag of BCP 47, answered in its canonical form: `en`, `zh`, `zh-Hant-TW`. */
  LanguageTag: { input: string; output: string; }
  /** A URL as text, absolute, up to 2,048 characters. */
  URL: { input: string; output: string; }
  /** A file of a multipart request (the GraphQL multipart request specification). */
  Upload: { input: import('../upload.ts').Upload; output: never; }
};

/** A short-lived credential that was minted from an API key. It is stored nowhere. */
export type AccessToken = {
  __typename?: 'AccessToken';
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
  __typename?: 'ApiKey';
  /** When it was created. */
  createdAt: Scalars['DateTime']['output'];
  /** When it stops working; null: never. */
  expiresAt?: Maybe<Scalars['DateTime']['output']>;
  /** The last characters of the secret, to recognise it by. */
  hint: Scalars['String']['output'];
  /** A TypeID: `apikey_…`. */
  id: Scalars['ID']['output'];
  /** Images a minute that it may classify, beside the quota of the tenant, which is counted the same way; null: no limit of its own. */
  imagesPerMinute?: Maybe<Scalars['Int']['output']>;
  /** When it was last used, to the minute; null: never. */
  lastUsedAt?: Maybe<Scalars['DateTime']['output']>;
  /** What its owner calls it. */
  name: Scalars['String']['output'];
  /** When it was revoked; null: it was not. */
  revokedAt?: Maybe<Scalars['DateTime']['output']>;
  /** What it allows. */
  scopes: Array<Scope>;
  /** Whether it works. */
  state: ApiKeyState;
};

/** A page of API keys. */
export type ApiKeyConnection = {
  __typename?: 'ApiKeyConnection';
  /** The API keys with their cursors. */
  edges: Array<ApiKeyEdge>;
  /** The API keys alone. */
  nodes: Array<ApiKey>;
  /** Where the page stands. */
  pageInfo: PageInfo;
};

/** One API key of a page. */
export type ApiKeyEdge = {
  __typename?: 'ApiKeyEdge';
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
  __typename?: 'ArchiveTaxonomyPayload';
  /** The taxonomy; null where there are user errors. */
  taxonomy?: Maybe<Taxonomy>;
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
  __typename?: 'CancelClassificationJobPayload';
  /** The job as it is now; null where there are user errors. */
  job?: Maybe<ClassificationJob>;
  /** What the caller has to mend. */
  userErrors: Array<UserError>;
};

/** One durable record: an image, the exact taxonomy version and model that it was classified with, and the predictions. */
export type Classification = Node & {
  __typename?: 'Classification';
  /** When it was made. */
  createdAt: Scalars['DateTime']['output'];
  /** A TypeID: `classification_…`. */
  id: Scalars['ID']['output'];
  /** The image. */
  image: ImageInfo;
  /** The language of the label names where none is asked for. */
  language: Scalars['LanguageTag']['output'];
  /** What the caller said of the image. */
  metadata?: Maybe<Scalars['JSONObject']['output']>;
  /** The model and the exact revision that encoded the image. */
  model: ClassificationModel;
  /** The stored predictions, the highest score first. */
  predictions: Array<Prediction>;
  /** The language whose label embeddings were scored. */
  promptLanguage: Scalars['LanguageTag']['output'];
  /** What the caller called the image. */
  reference?: Maybe<Scalars['String']['output']>;
  /** The exact version that it was classified against. */
  taxonomyVersion: TaxonomyVersion;
  /** Where the time went. */
  timing: ClassificationTiming;
  /** The prediction with the highest score; null where `minScore` left none. */
  top?: Maybe<Prediction>;
};


/** One durable record: an image, the exact taxonomy version and model that it was classified with, and the predictions. */
export type ClassificationPredictionsArgs = {
  first?: InputMaybe<Scalars['Int']['input']>;
  minScore?: InputMaybe<Scalars['Float']['input']>;
};

/** A page of classifications. */
export type ClassificationConnection = {
  __typename?: 'ClassificationConnection';
  /** The classifications with their cursors. */
  edges: Array<ClassificationEdge>;
  /** The classifications alone. */
  nodes: Array<Classification>;
  /** Where the page stands. */
  pageInfo: PageInfo;
};

/** One classification of a page. */
export type ClassificationEdge = {
  __typename?: 'ClassificationEdge';
  /** Where it stands. */
  cursor: Scalars['String']['output'];
  /** The classification. */
  node: Classification;
};

/** Why one image was not classified; the others of the request are. */
export type ClassificationError = {
  __typename?: 'ClassificationError';
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
  __typename?: 'ClassificationJob';
  /** How many of its items are in which state. */
  counts: ClassificationJobCounts;
  /** When it was created. */
  createdAt: Scalars['DateTime']['output'];
  /** Where its results are downloaded, as they are then: good for ten minutes, and for whoever has it. Absolute where TAXOLENS_PUBLIC_URL is set, else a path. */
  downloadUrl: Scalars['String']['output'];
  /** How long the rest will take at the pace so far, in milliseconds; null where nothing is left to do or no pace is known. */
  etaMs?: Maybe<Scalars['Float']['output']>;
  /** When it ended; null: it runs. */
  finishedAt?: Maybe<Scalars['DateTime']['output']>;
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
  __typename?: 'ClassificationJobCounts';
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
  __typename?: 'ClassificationJobItem';
  /** When it was finished; null: it is not. */
  finishedAt?: Maybe<Scalars['DateTime']['output']>;
  /** Its place in the input, from 0. */
  index: Scalars['Int']['output'];
  /** One outcome a taxonomy, in their order; none before it is finished. A classification that has been deleted since is NOT_FOUND. */
  outcomes: Array<ClassificationOutcome>;
  /** What the caller called it. */
  reference?: Maybe<Scalars['String']['output']>;
  /** Where it stands. */
  state: ClassificationJobItemState;
  /** Where it is fetched; null where the caller sent its bytes, or its embedding is kept. */
  url?: Maybe<Scalars['URL']['output']>;
};

/** A page of items. */
export type ClassificationJobItemConnection = {
  __typename?: 'ClassificationJobItemConnection';
  /** The items with their cursors. */
  edges: Array<ClassificationJobItemEdge>;
  /** The items alone. */
  nodes: Array<ClassificationJobItem>;
  /** Where the page stands. */
  pageInfo: PageInfo;
};

/** One item of a page. */
export type ClassificationJobItemEdge = {
  __typename?: 'ClassificationJobItemEdge';
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
  __typename?: 'ClassificationModel';
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
  __typename?: 'ClassificationStats';
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
  __typename?: 'ClassificationStatsGroup';
  /** How many. */
  count: Scalars['Int']['output'];
  /** The key of the best label, by LABEL; null in others, and where no prediction was kept. */
  labelKey?: Maybe<Scalars['String']['output']>;
  /** From an image's last byte to its predictions; null where there is no classification. */
  latency?: Maybe<LatencyPercentiles>;
  /** Images in a batch of the encoder, on average; null where there is no classification. */
  meanBatchSize?: Maybe<Scalars['Float']['output']>;
  /** The mean of their best scores; null where none was kept. */
  meanScore?: Maybe<Scalars['Float']['output']>;
  /** The median of their best scores; null where none was kept. */
  medianScore?: Maybe<Scalars['Float']['output']>;
  /** When the hour or day begins; null in other groups. */
  start?: Maybe<Scalars['DateTime']['output']>;
  /** The taxonomy of the group, by TAXONOMY and LABEL; null in others. */
  taxonomy?: Maybe<Taxonomy>;
};

/** Where the time of one classification went, in milliseconds. */
export type ClassificationTiming = {
  __typename?: 'ClassificationTiming';
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
  topK: Scalars['Int']['input'];
};

/** The answer to `classifyImages`. */
export type ClassifyImagesPayload = {
  __typename?: 'ClassifyImagesPayload';
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
  __typename?: 'CreateAccessTokenPayload';
  /** When it stops working. */
  expiresAt?: Maybe<Scalars['DateTime']['output']>;
  /** The token, this once: `Authorization: Bearer <token>`. Null where there are user errors. */
  token?: Maybe<Scalars['String']['output']>;
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
  __typename?: 'CreateApiKeyPayload';
  /** The key; null where there are user errors. */
  apiKey?: Maybe<ApiKey>;
  /** Its secret, this once. */
  secret?: Maybe<Scalars['String']['output']>;
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
  topK: Scalars['Int']['input'];
};

/** The answer to `createClassificationJob`. */
export type CreateClassificationJobPayload = {
  __typename?: 'CreateClassificationJobPayload';
  /** The job; null where there are user errors. */
  job?: Maybe<ClassificationJob>;
  /** What the caller has to mend. */
  userErrors: Array<UserError>;
};

/** The input of `createInboundHook`. */
export type CreateInboundHookInput = {
  /** Where the digest stands; for HMAC_HEADER, and for no other scheme. */
  hmacHeader?: InputMaybe<HmacHeaderInput>;
  /** How many images it takes in a minute, 1 to 100,000. */
  imagesPerMinute: Scalars['Int']['input'];
  /** The language of the label names; the taxonomy's default where left out. */
  language?: InputMaybe<Scalars['LanguageTag']['input']>;
  /** What is otherwise than in the preset. */
  mapping?: InputMaybe<InboundHookMappingInput>;
  /** Leaves out predictions that score lower, 0 to 1. */
  minScore?: InputMaybe<Scalars['Float']['input']>;
  /** What it is called, 1 to 200 characters. */
  name: Scalars['String']['input'];
  /** Where the mapping begins. */
  preset: InboundHookPreset;
  /** The language whose label embeddings are scored, as in `classifyImages`. */
  promptLanguage?: InputMaybe<Scalars['LanguageTag']['input']>;
  /** A message as the sender sends it: the mapping must find an image in it. */
  sample?: InputMaybe<Scalars['JSONObject']['input']>;
  /** How a message proves where it comes from. */
  scheme: InboundHookScheme;
  /** The secret that the sender has already; one is made where left out. */
  secret?: InputMaybe<Scalars['String']['input']>;
  /** The taxonomy that images are classified against. */
  taxonomyId: Scalars['ID']['input'];
  /** How many predictions are stored at most, 1 to 100. */
  topK: Scalars['Int']['input'];
  /** The number of a version; the newest READY one at the time where left out. */
  version?: InputMaybe<Scalars['Int']['input']>;
};

/** The answer to `createInboundHook`. */
export type CreateInboundHookPayload = {
  __typename?: 'CreateInboundHookPayload';
  /** The hook; null where there are user errors. */
  hook?: Maybe<InboundHook>;
  /** What the mapping finds in the sample; null without one. */
  mappedImages?: Maybe<Array<MappedImage>>;
  /** The secret, this once. */
  secret?: Maybe<Scalars['String']['output']>;
  /** What the caller has to mend. */
  userErrors: Array<UserError>;
};

/** The input of `createTaxonomy`. */
export type CreateTaxonomyInput = {
  /** The language of names and prompts where none is asked for. */
  defaultLanguage: Scalars['LanguageTag']['input'];
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
  __typename?: 'CreateTaxonomyPayload';
  /** The taxonomy; null where there are user errors. */
  taxonomy?: Maybe<Taxonomy>;
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
  __typename?: 'CreateTenantPayload';
  /** Its first API key, of scope ADMIN. */
  adminKey?: Maybe<NewApiKey>;
  /** The tenant; null where there are user errors. */
  tenant?: Maybe<Tenant>;
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
  payloadVersion: Scalars['Int']['input'];
  /** GraphQL fragments that choose the payload's data: one on `Classification` for `classification.completed`, one on `TaxonomyVersion` for `taxonomy.published`, and whatever fragments these spread. It is executed as by a key of scopes CLASSIFY and TAXONOMY_READ. None: the usual data. */
  selection?: InputMaybe<Scalars['String']['input']>;
  /** Where the requests go: http or https, ports 80 and 443, public addresses. Else URL_NOT_ALLOWED. */
  url: Scalars['URL']['input'];
};

/** The answer to `createWebhookEndpoint`. */
export type CreateWebhookEndpointPayload = {
  __typename?: 'CreateWebhookEndpointPayload';
  /** The endpoint; null where there are user errors. */
  endpoint?: Maybe<WebhookEndpoint>;
  /** The secret that signs, this once: `whsec_` and base64, as verifiers of Standard Webhooks take it. */
  secret?: Maybe<Scalars['String']['output']>;
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
  __typename?: 'DeleteInboundHookPayload';
  /** The id of what was deleted; null where there are user errors. */
  deletedId?: Maybe<Scalars['ID']['output']>;
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
  __typename?: 'DeleteWebhookEndpointPayload';
  /** The id of what was deleted; null where there are user errors. */
  deletedId?: Maybe<Scalars['ID']['output']>;
  /** What the caller has to mend. */
  userErrors: Array<UserError>;
};

/** One HTTP request of a delivery. */
export type DeliveryAttempt = {
  __typename?: 'DeliveryAttempt';
  /** From there to the answer, or to the end of the wait for it. */
  durationMs: Scalars['Float']['output'];
  /** Why it counts as failed; null where it does not. */
  error?: Maybe<Scalars['String']['output']>;
  /** From 1. */
  number: Scalars['Int']['output'];
  /** What was sent. */
  request: WebhookRequest;
  /** What was answered; null where nothing was. */
  response?: Maybe<WebhookResponse>;
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
  __typename?: 'EmbeddingProgress';
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
  __typename?: 'ExportLabelsPayload';
  /** Until when the link works. That of a draft stops with the next edit. */
  expiresAt?: Maybe<Scalars['DateTime']['output']>;
  /** Where to GET the file, with no credential: whoever has the link may. Without a host, where the server was not told its public URL: then it is that of the API. */
  url?: Maybe<Scalars['String']['output']>;
  /** What the caller has to mend. */
  userErrors: Array<UserError>;
};

/** Where the HMAC-SHA-256 of a message stands. */
export type HmacHeader = {
  __typename?: 'HmacHeader';
  /** How the digest is written. */
  encoding: DigestEncoding;
  /** The header with the digest: `X-Hub-Signature-256`. */
  name: Scalars['String']['output'];
  /** What stands before it: `sha256=`. */
  prefix: Scalars['String']['output'];
  /** The header with seconds since the epoch, where `<seconds>.<body>` is signed; null: the body alone is. */
  timestampHeader?: Maybe<Scalars['String']['output']>;
};

/** Where the HMAC-SHA-256 of a message stands. */
export type HmacHeaderInput = {
  /** How the digest is written. */
  encoding: DigestEncoding;
  /** The header with the digest: `X-Hub-Signature-256`. */
  name: Scalars['String']['input'];
  /** What stands before it: `sha256=`. */
  prefix: Scalars['String']['input'];
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
  __typename?: 'ImageInfo';
  /** Its format by its content. */
  format: ImageFormat;
  /** Pixels down, after its EXIF orientation is applied. */
  height: Scalars['Int']['output'];
  /** SHA-256 of its bytes, in hexadecimal. */
  sha256: Scalars['String']['output'];
  /** How many bytes it has. */
  sizeBytes: Scalars['Int']['output'];
  /** Where it is shown, for ten minutes and for whoever has the link; null where it is not kept (`Tenant.retention.imagesDays`). Absolute where TAXOLENS_PUBLIC_URL is set, else a path. */
  url?: Maybe<Scalars['String']['output']>;
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
  __typename?: 'ImageResult';
  /** What is known of it; null where it could not be decoded. */
  image?: Maybe<ImageInfo>;
  /** Its place in `images`, from 0. */
  index: Scalars['Int']['output'];
  /** One outcome a taxonomy, in their order. */
  outcomes: Array<ClassificationOutcome>;
  /** What the caller called it. */
  reference?: Maybe<Scalars['String']['output']>;
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
  __typename?: 'ImportChanges';
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
  dryRun: Scalars['Boolean']['input'];
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
  __typename?: 'ImportLabelsPayload';
  /** What the file changes, or would change; null where there are problems or user errors. */
  changes?: Maybe<ImportChanges>;
  /** How many mistakes were found. */
  problemCount: Scalars['Int']['output'];
  /** The first 100 mistakes of the file, by line. Where there is one, nothing was written. */
  problems: Array<ImportProblem>;
  /** The taxonomy; null where nothing was written: at a dry run, and where there are problems or user errors. */
  taxonomy?: Maybe<Taxonomy>;
  /** What the caller has to mend. A file with problems is one of them, unless it is a dry run. */
  userErrors: Array<UserError>;
};

/** A mistake in a file. */
export type ImportProblem = {
  __typename?: 'ImportProblem';
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
  __typename?: 'InboundHook';
  /** When it was created. */
  createdAt: Scalars['DateTime']['output'];
  /** Where the digest stands; null under the other schemes. */
  hmacHeader?: Maybe<HmacHeader>;
  /** A TypeID: `hook_…`. */
  id: Scalars['ID']['output'];
  /** How many images it takes in a minute. */
  imagesPerMinute: Scalars['Int']['output'];
  /** Whether it takes messages. */
  isEnabled: Scalars['Boolean']['output'];
  /** The language of the label names; null: the taxonomy's default. */
  language?: Maybe<Scalars['LanguageTag']['output']>;
  /** How images are found in JSON. */
  mapping: InboundHookMapping;
  /** Its messages, the newest first. */
  messages: InboundMessageConnection;
  /** What scores lower is left out; null: nothing. */
  minScore?: Maybe<Scalars['Float']['output']>;
  /** What it is called. */
  name: Scalars['String']['output'];
  /** Until when the secret before the newest is good beside it; null: there is none. */
  previousSecretExpiresAt?: Maybe<Scalars['DateTime']['output']>;
  /** The language whose label embeddings are scored; null: as in `classifyImages`. */
  promptLanguage?: Maybe<Scalars['LanguageTag']['output']>;
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
  version?: Maybe<Scalars['Int']['output']>;
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
  __typename?: 'InboundHookConnection';
  /** The inbound hooks with their cursors. */
  edges: Array<InboundHookEdge>;
  /** The inbound hooks alone. */
  nodes: Array<InboundHook>;
  /** Where the page stands. */
  pageInfo: PageInfo;
};

/** One inbound hook of a page. */
export type InboundHookEdge = {
  __typename?: 'InboundHookEdge';
  /** Where it stands. */
  cursor: Scalars['String']['output'];
  /** The inbound hook. */
  node: InboundHook;
};

/** How images are found in the JSON of a message. */
export type InboundHookMapping = {
  __typename?: 'InboundHookMapping';
  /** A JSONPath to the image itself as base64; null: it is fetched. */
  base64?: Maybe<Scalars['String']['output']>;
  /** The message's own id: a JSONPath, or a text with some in braces; null: the hash of the body. */
  id?: Maybe<Scalars['String']['output']>;
  /** A JSONPath that selects the part about each image. */
  images: Scalars['String']['output'];
  /** The image's metadata. */
  metadata: Array<InboundHookMetadata>;
  /** The image's reference: a JSONPath in such a part, or a text with some in braces; null: it has none. */
  reference?: Maybe<Scalars['String']['output']>;
  /** What an image is fetched from: a JSONPath in such a part, or a text with JSONPaths in braces; null: images are sent as base64. */
  url?: Maybe<Scalars['String']['output']>;
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
  __typename?: 'InboundHookMetadata';
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
  __typename?: 'InboundMessage';
  /** The ids of its classifications, an image each, from the beginning; an image that cannot be classified has none. */
  classificationIds: Array<Scalars['ID']['output']>;
  /** When it came. */
  createdAt: Scalars['DateTime']['output'];
  /** Why it has failed as a whole; null where it has not. */
  failure?: Maybe<ClassificationError>;
  /** When it ended; null: it has not. */
  finishedAt?: Maybe<Scalars['DateTime']['output']>;
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
  __typename?: 'InboundMessageConnection';
  /** The messages with their cursors. */
  edges: Array<InboundMessageEdge>;
  /** The messages alone. */
  nodes: Array<InboundMessage>;
  /** Where the page stands. */
  pageInfo: PageInfo;
};

/** One message of a page. */
export type InboundMessageEdge = {
  __typename?: 'InboundMessageEdge';
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
  __typename?: 'Label';
  /** The labels below it, in order; at most 1,000. Scope TAXONOMY_READ or TAXONOMY_WRITE. */
  children: Array<Label>;
  /** For people. */
  description?: Maybe<Scalars['String']['output']>;
  /** A TypeID: `label_…`. Each version has labels of its own; the key stays the same. */
  id: Scalars['ID']['output'];
  /** Stable over versions, unique in its draft or version. */
  key: Scalars['String']['output'];
  /** Its name in a language: exactly, else by its base language, else in the default language, else the key. */
  name: Scalars['String']['output'];
  /** Its names by language. */
  names: Array<LocalizedText>;
  /** The label above it; null at the top. */
  parent?: Maybe<Label>;
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
  __typename?: 'LabelConnection';
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
  __typename?: 'LabelContent';
  /** For people. */
  description?: Maybe<Scalars['String']['output']>;
  /** Its names by language. */
  names: Array<LocalizedText>;
  /** The key of the label above it; null: at the top. */
  parentKey?: Maybe<Scalars['String']['output']>;
  /** Other words for it. */
  synonyms: Array<LocalizedText>;
};

/** One label that is not the same on both sides. */
export type LabelDifference = {
  __typename?: 'LabelDifference';
  /** What it is; null where it is gone. */
  after?: Maybe<LabelContent>;
  /** What it was; null where it was not there. */
  before?: Maybe<LabelContent>;
  /** Its key. */
  key: Scalars['String']['output'];
  /** What changed; more than one kind at once, unless it was added or removed. */
  kinds: Array<LabelChangeKind>;
  /** For people: `renamed 'Kitty' to 'Cat' (en); moved from 'pets' to the top`. */
  summary: Scalars['String']['output'];
};

/** A page of differences. */
export type LabelDifferenceConnection = {
  __typename?: 'LabelDifferenceConnection';
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
  __typename?: 'LabelDifferenceEdge';
  /** Where it stands. */
  cursor: Scalars['String']['output'];
  /** The difference. */
  node: LabelDifference;
};

/** One label of a page. */
export type LabelEdge = {
  __typename?: 'LabelEdge';
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
  __typename?: 'LabelPair';
  /** The one that stands above. */
  a: Label;
  /** The other. */
  b: Label;
  /** Cosine of their label embeddings, -1 to 1. */
  similarity: Scalars['Float']['output'];
};

/** How long something took, in milliseconds. */
export type LatencyPercentiles = {
  __typename?: 'LatencyPercentiles';
  /** Half of them took no longer. */
  p50Ms: Scalars['Float']['output'];
  /** 95 of 100 took no longer. */
  p95Ms: Scalars['Float']['output'];
  /** 99 of 100 took no longer. */
  p99Ms: Scalars['Float']['output'];
};

/** A text in a language. */
export type LocalizedText = {
  __typename?: 'LocalizedText';
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
  __typename?: 'MappedImage';
  /** Its metadata. */
  metadata?: Maybe<Scalars['JSONObject']['output']>;
  /** Its reference. */
  reference?: Maybe<Scalars['String']['output']>;
  /** What it is fetched from; null: it comes as base64. */
  url?: Maybe<Scalars['String']['output']>;
};

/** A registered pair of an image encoder and a text encoder that share one embedding space. */
export type Model = {
  __typename?: 'Model';
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
  licenceNotice?: Maybe<Scalars['String']['output']>;
  /** The multiplier of a similarity, already exponentiated. */
  logitScale: Scalars['Float']['output'];
  /** The largest batch of images that an encoder is given, found at warm-up; null before it. */
  maxBatchSize?: Maybe<Scalars['Int']['output']>;
  /** For people. */
  name: Scalars['String']['output'];
  /** The execution provider in use, such as `cpu` or `cuda`; null while none is. */
  provider?: Maybe<Scalars['String']['output']>;
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
  __typename?: 'MoveLabelsPayload';
  /** The taxonomy; null where there are user errors. */
  taxonomy?: Maybe<Taxonomy>;
  /** What the caller has to mend. */
  userErrors: Array<UserError>;
};

/** The root of every write. Each mutation takes one `input` and answers with the changed object and `userErrors`. */
export type Mutation = {
  __typename?: 'Mutation';
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
  __typename?: 'NewApiKey';
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
  __typename?: 'PageInfo';
  /** The cursor of the last edge; null on an empty page. */
  endCursor?: Maybe<Scalars['String']['output']>;
  /** Whether there is more after `endCursor`. */
  hasNextPage: Scalars['Boolean']['output'];
  /** Whether there is more before `startCursor`. */
  hasPreviousPage: Scalars['Boolean']['output'];
  /** The cursor of the first edge; null on an empty page. */
  startCursor?: Maybe<Scalars['String']['output']>;
};

/** One label with similarity and score. */
export type Prediction = {
  __typename?: 'Prediction';
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
  __typename?: 'Preview';
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
  topK: Scalars['Int']['input'];
};

/** The answer to `previewImages`. */
export type PreviewImagesPayload = {
  __typename?: 'PreviewImagesPayload';
  /** Prompts whose text embedding was cached. */
  cachedPrompts?: Maybe<Scalars['Int']['output']>;
  /** The revision of the draft that was scored; null where there are user errors. */
  draftRevision?: Maybe<Scalars['Int']['output']>;
  /** Prompts that had to be embedded for it. */
  embeddedPrompts?: Maybe<Scalars['Int']['output']>;
  /** The language whose label embeddings were scored; null where there are user errors. */
  promptLanguage?: Maybe<Scalars['LanguageTag']['output']>;
  /** One result an image, in order; empty where there are user errors. */
  results: Array<PreviewResult>;
  /** What the caller has to mend. */
  userErrors: Array<UserError>;
};

/** What became of one image under the draft. */
export type PreviewOutcome = ClassificationError | Preview;

/** One label of the draft with similarity and score. */
export type PreviewPrediction = {
  __typename?: 'PreviewPrediction';
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
  __typename?: 'PreviewResult';
  /** What is known of the image; null where it could not be read. */
  image?: Maybe<ImageInfo>;
  /** The place of the image in the input. */
  index: Scalars['Int']['output'];
  /** Its predictions, or why it has none. */
  outcome: PreviewOutcome;
  /** What the caller called the image. */
  reference?: Maybe<Scalars['String']['output']>;
};

/** Text with one `{label}` slot that makes prompts of label names. */
export type PromptTemplate = {
  __typename?: 'PromptTemplate';
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
  waitMs: Scalars['Int']['input'];
};

/** The answer to `publishTaxonomy`. */
export type PublishTaxonomyPayload = {
  __typename?: 'PublishTaxonomyPayload';
  /** Prompts whose text embedding was cached. */
  cachedPrompts?: Maybe<Scalars['Int']['output']>;
  /** Prompts that had to be embedded for it. */
  embeddedPrompts?: Maybe<Scalars['Int']['output']>;
  /** The taxonomy; null where there are user errors. */
  taxonomy?: Maybe<Taxonomy>;
  /** What the caller has to mend. */
  userErrors: Array<UserError>;
  /** The new version. */
  version?: Maybe<TaxonomyVersion>;
  /** The warnings of the version so far: what its label embeddings show is among them if it is READY. */
  warnings: Array<PublishWarning>;
};

/** Something about a published version that its author may want to know. */
export type PublishWarning = {
  __typename?: 'PublishWarning';
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
  __typename?: 'Query';
  /** The tenant's API keys. Scope ADMIN. */
  apiKeys: ApiKeyConnection;
  /** One classification; null where there is none. Scope CLASSIFY. */
  classification?: Maybe<Classification>;
  /** A classification job of the tenant; null where there is none. Scope CLASSIFY. */
  classificationJob?: Maybe<ClassificationJob>;
  /** How many classifications were made, how sure they were and how long they took. Scope CLASSIFY. */
  classificationStats: ClassificationStats;
  /** The tenant's classifications. Scope CLASSIFY. */
  classifications: ClassificationConnection;
  /** The tenant's inbound hooks, the newest first. Scope ADMIN. */
  inboundHooks: InboundHookConnection;
  /** The models that taxonomies can choose. */
  models: Array<Model>;
  /** The object with this id, or null where it is malformed, absent or not the viewer's to see. */
  node?: Maybe<Node>;
  /** The objects with these ids, in their order; null in the place of each that `node` would answer with null. */
  nodes: Array<Maybe<Node>>;
  /** The tenant's taxonomies. Scope TAXONOMY_READ. */
  taxonomies: TaxonomyConnection;
  /** One taxonomy; null where there is none. Scope TAXONOMY_READ. */
  taxonomy?: Maybe<Taxonomy>;
  /** The viewer's tenant; null for an operator. */
  tenant?: Maybe<Tenant>;
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
  orderBy: ApiKeyOrder;
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
  orderBy: ClassificationOrder;
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
  orderBy: TaxonomyOrder;
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
  orderBy: TenantOrder;
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
  topK: Scalars['Int']['input'];
};

/** The answer to `reclassify`. */
export type ReclassifyPayload = {
  __typename?: 'ReclassifyPayload';
  /** The job; null where there are user errors. */
  job?: Maybe<ClassificationJob>;
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
  onlyFailed: Scalars['Boolean']['input'];
  /** Only those of events at this time or later. */
  since?: InputMaybe<Scalars['DateTime']['input']>;
};

/** The answer to `redeliver`. */
export type RedeliverPayload = {
  __typename?: 'RedeliverPayload';
  /** How many deliveries were begun anew; null where there are user errors. */
  redeliveredCount?: Maybe<Scalars['Int']['output']>;
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
  __typename?: 'RemoveLabelsPayload';
  /** How many labels went, those below included. */
  removedCount?: Maybe<Scalars['Int']['output']>;
  /** The taxonomy; null where there are user errors. */
  taxonomy?: Maybe<Taxonomy>;
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
  __typename?: 'RestoreTaxonomyVersionPayload';
  /** The taxonomy; null where there are user errors. */
  taxonomy?: Maybe<Taxonomy>;
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
  __typename?: 'RetryClassificationJobPayload';
  /** The job as it is now; null where there are user errors. */
  job?: Maybe<ClassificationJob>;
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
  __typename?: 'RevokeApiKeyPayload';
  /** The revoked key; null where there are user errors. */
  apiKey?: Maybe<ApiKey>;
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
  __typename?: 'RotateApiKeyPayload';
  /** The new key; null where there are user errors. */
  apiKey?: Maybe<ApiKey>;
  /** Its secret, this once. */
  secret?: Maybe<Scalars['String']['output']>;
  /** What the caller has to mend. */
  userErrors: Array<UserError>;
};

/** The input of `rotateInboundHookSecret`. */
export type RotateInboundHookSecretInput = {
  /** The hook. */
  id: Scalars['ID']['input'];
  /** Seconds for which the present secret is good beside the new one, 0 to 604,800. */
  overlapSeconds: Scalars['Int']['input'];
  /** The secret that the sender has already; one is made where left out. */
  secret?: InputMaybe<Scalars['String']['input']>;
};

/** The answer to `rotateInboundHookSecret`. */
export type RotateInboundHookSecretPayload = {
  __typename?: 'RotateInboundHookSecretPayload';
  /** The hook; null where there are user errors. */
  hook?: Maybe<InboundHook>;
  /** The new secret, this once. */
  secret?: Maybe<Scalars['String']['output']>;
  /** What the caller has to mend. */
  userErrors: Array<UserError>;
};

/** The input of `rotateWebhookSecret`. */
export type RotateWebhookSecretInput = {
  /** The endpoint. */
  id: Scalars['ID']['input'];
  /** Seconds for which the present secret signs beside the new one, 0 to 604,800. */
  overlapSeconds: Scalars['Int']['input'];
};

/** The answer to `rotateWebhookSecret`. */
export type RotateWebhookSecretPayload = {
  __typename?: 'RotateWebhookSecretPayload';
  /** The endpoint; null where there are user errors. */
  endpoint?: Maybe<WebhookEndpoint>;
  /** The new secret, this once. */
  secret?: Maybe<Scalars['String']['output']>;
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
  __typename?: 'SendTestEventPayload';
  /** The delivery, which is only beginning; null where there are user errors. */
  delivery?: Maybe<WebhookDelivery>;
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
  __typename?: 'SetPromptTemplatesPayload';
  /** The taxonomy; null where there are user errors. */
  taxonomy?: Maybe<Taxonomy>;
  /** What the caller has to mend. */
  userErrors: Array<UserError>;
};

/** What is told as it happens: by WebSocket (graphql-ws, at `/graphql`) or as server-sent events (graphql-sse, at `/graphql/stream`). Queries and mutations are not served there. */
export type Subscription = {
  __typename?: 'Subscription';
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
  __typename?: 'Taxonomy';
  /** When it was archived; null: it is in use. */
  archivedAt?: Maybe<Scalars['DateTime']['output']>;
  /** When it was created. */
  createdAt: Scalars['DateTime']['output'];
  /** The language of names and prompts where none is asked for. */
  defaultLanguage: Scalars['LanguageTag']['output'];
  /** For people. */
  description?: Maybe<Scalars['String']['output']>;
  /** What is edited, and published next. Scope TAXONOMY_READ or TAXONOMY_WRITE. */
  draft: TaxonomyDraft;
  /** A TypeID: `taxonomy_…`. */
  id: Scalars['ID']['output'];
  /** The newest version that is READY; null before the first. Scope TAXONOMY_READ or TAXONOMY_WRITE. */
  latestVersion?: Maybe<TaxonomyVersion>;
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
  orderBy: TaxonomyVersionOrder;
};

/** Names one taxonomy. */
export type TaxonomyBy =
  /** By its id. */
  { id: Scalars['ID']['input']; name?: never; }
  |  /** By its name. */
  { id?: never; name: Scalars['String']['input']; };

/** A page of taxonomies. */
export type TaxonomyConnection = {
  __typename?: 'TaxonomyConnection';
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
  __typename?: 'TaxonomyDifference';
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
  __typename?: 'TaxonomyDraft';
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
  __typename?: 'TaxonomyEdge';
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
  __typename?: 'TaxonomyVersion';
  /** How it differs from another version of its taxonomy, earlier or later. */
  changesSince: TaxonomyDifference;
  /** When it was frozen. */
  createdAt: Scalars['DateTime']['output'];
  /** The language of label names where none is asked for. */
  defaultLanguage: Scalars['LanguageTag']['output'];
  /** Why it FAILED; null otherwise. */
  failure?: Maybe<Scalars['String']['output']>;
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
  note?: Maybe<Scalars['String']['output']>;
  /** Counts from 1 within the taxonomy. */
  number: Scalars['Int']['output'];
  /** How far the embedding of its prompts is. */
  progress: EmbeddingProgress;
  /** The languages that its labels can be scored in. */
  promptLanguages: Array<Scalars['LanguageTag']['output']>;
  /** Its prompt templates, by language in order. Scope TAXONOMY_READ or TAXONOMY_WRITE. */
  promptTemplates: Array<PromptTemplate>;
  /** When it became READY. */
  publishedAt?: Maybe<Scalars['DateTime']['output']>;
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
  first: Scalars['Int']['input'];
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
  __typename?: 'TaxonomyVersionConnection';
  /** The versions with their cursors. */
  edges: Array<TaxonomyVersionEdge>;
  /** The versions alone. */
  nodes: Array<TaxonomyVersion>;
  /** Where the page stands. */
  pageInfo: PageInfo;
};

/** One version of a page. */
export type TaxonomyVersionEdge = {
  __typename?: 'TaxonomyVersionEdge';
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
  __typename?: 'Tenant';
  /** When it was created. */
  createdAt: Scalars['DateTime']['output'];
  /** A TypeID: `tenant_…`. */
  id: Scalars['ID']['output'];
  /** Unique in the installation. */
  name: Scalars['String']['output'];
  /** What it may use. For the operator and keys of scope ADMIN. */
  quotas?: Maybe<TenantQuotas>;
  /** How long its records are kept. For the operator and keys of scope ADMIN. */
  retention?: Maybe<TenantRetention>;
  /** Whether its keys may send registered documents only, by their `documentId`. */
  trustedDocumentsOnly: Scalars['Boolean']['output'];
  /** What it has used of that. For the operator and keys of scope ADMIN. */
  usage?: Maybe<TenantUsage>;
};

/** A page of tenants. */
export type TenantConnection = {
  __typename?: 'TenantConnection';
  /** The tenants with their cursors. */
  edges: Array<TenantEdge>;
  /** The tenants alone. */
  nodes: Array<Tenant>;
  /** Where the page stands. */
  pageInfo: PageInfo;
};

/** One tenant of a page. */
export type TenantEdge = {
  __typename?: 'TenantEdge';
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
  __typename?: 'TenantQuotas';
  /** Images a minute, as a rate: as many at once, and then one after the other as time goes by. Each further taxonomy of a request counts a tenth of its images more. Null: no limit. */
  imagesPerMinute?: Maybe<Scalars['Int']['output']>;
  /** Images with at least one classification in a calendar month of UTC; null: no limit. */
  imagesPerMonth?: Maybe<Scalars['Int']['output']>;
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
  __typename?: 'TenantRetention';
  /** Days after which a classification is deleted; null: it is kept. */
  classificationsDays?: Maybe<Scalars['Int']['output']>;
  /** Days for which the embedding of an image is kept after its first classification, so that `reclassify` needs no upload; null: it is not. */
  imageEmbeddingsDays?: Maybe<Scalars['Int']['output']>;
  /** Days for which an image itself is kept after its first classification: `ImageInfo.url`; null: it is not. */
  imagesDays?: Maybe<Scalars['Int']['output']>;
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
  __typename?: 'TenantUsage';
  /** Classifications in this calendar month of UTC. */
  classificationsThisMonth: Scalars['Int']['output'];
  /** Images that one request could bring now; null where nothing bounds it. */
  imagesLeftNow?: Maybe<Scalars['Int']['output']>;
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
  __typename?: 'UpdateInboundHookPayload';
  /** The hook as it is now; null where there are user errors. */
  hook?: Maybe<InboundHook>;
  /** What the mapping finds in the sample; null without one. */
  mappedImages?: Maybe<Array<MappedImage>>;
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
  __typename?: 'UpdateTaxonomyPayload';
  /** The taxonomy; null where there are user errors. */
  taxonomy?: Maybe<Taxonomy>;
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
  __typename?: 'UpdateTenantPayload';
  /** The tenant as it is now; null where there are user errors. */
  tenant?: Maybe<Tenant>;
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
  __typename?: 'UpdateWebhookEndpointPayload';
  /** The endpoint as it is now; null where there are user errors. */
  endpoint?: Maybe<WebhookEndpoint>;
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
  __typename?: 'UpsertLabelsPayload';
  /** The taxonomy; null where there are user errors. */
  taxonomy?: Maybe<Taxonomy>;
  /** What the caller has to mend. */
  userErrors: Array<UserError>;
};

/** What a tenant has used on some days. */
export type Usage = {
  __typename?: 'Usage';
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
  __typename?: 'UsageGroup';
  /** The API key of the group, by API_KEY; null in others, and where it is an inbound hook. */
  apiKey?: Maybe<ApiKey>;
  /** Classifications. */
  classifications: Scalars['Float']['output'];
  /** Images with at least one classification, each once a model. */
  images: Scalars['Float']['output'];
  /** The inbound hook of the group, by API_KEY; null in others, and where it is an API key. */
  inboundHook?: Maybe<InboundHook>;
  /** The model of the group, by MODEL; null in others. */
  modelId?: Maybe<Scalars['String']['output']>;
  /** When the day begins; null in other groups. */
  start?: Maybe<Scalars['DateTime']['output']>;
};

/** What the caller has to mend in the input: the same request, unchanged, fails again. */
export type UserError = {
  __typename?: 'UserError';
  /** The kind of mistake. */
  code: ErrorCode;
  /** Facts of the message for programs, such as `{ "currentRevision": 7 }` for REVISION_CONFLICT; null where there are none. */
  details?: Maybe<Scalars['JSONObject']['output']>;
  /** What was expected, what came and the remedy. */
  message: Scalars['String']['output'];
  /** Where in the input: `["labels", "3", "key"]`. */
  path: Array<Scalars['String']['output']>;
};

/** Who is asking. */
export type Viewer = {
  __typename?: 'Viewer';
  /** The access token in use; null where the key itself, or the operator key, was used. */
  accessToken?: Maybe<AccessToken>;
  /** The API key in use; null for an operator. */
  apiKey?: Maybe<ApiKey>;
  /** Whether the operator key was used. */
  isOperator: Scalars['Boolean']['output'];
  /** What the credential allows. */
  scopes: Array<Scope>;
  /** The tenant of the credential; null for an operator. */
  tenant?: Maybe<Tenant>;
};

/** One event for one endpoint. */
export type WebhookDelivery = Node & {
  __typename?: 'WebhookDelivery';
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
  failure?: Maybe<Scalars['String']['output']>;
  /** When it succeeded or failed for good; null: it has not yet. */
  finishedAt?: Maybe<Scalars['DateTime']['output']>;
  /** A TypeID: `delivery_…`. */
  id: Scalars['ID']['output'];
  /** When the next attempt is due; null: there is none. */
  nextAttemptAt?: Maybe<Scalars['DateTime']['output']>;
  /** Whether the endpoint has it. */
  state: WebhookDeliveryState;
};

/** A page of deliveries. */
export type WebhookDeliveryConnection = {
  __typename?: 'WebhookDeliveryConnection';
  /** The deliveries with their cursors. */
  edges: Array<WebhookDeliveryEdge>;
  /** The deliveries alone. */
  nodes: Array<WebhookDelivery>;
  /** Where the page stands. */
  pageInfo: PageInfo;
};

/** One delivery of a page. */
export type WebhookDeliveryEdge = {
  __typename?: 'WebhookDeliveryEdge';
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
  __typename?: 'WebhookEndpoint';
  /** When it was created. */
  createdAt: Scalars['DateTime']['output'];
  /** What its owner says of it. */
  description?: Maybe<Scalars['String']['output']>;
  /** When it was disabled; null: it is enabled. */
  disabledAt?: Maybe<Scalars['DateTime']['output']>;
  /** The events that it wants. */
  eventTypes: Array<WebhookEventType>;
  /** Since when every attempt has failed; null: the last one did not. */
  failingSince?: Maybe<Scalars['DateTime']['output']>;
  /** Which of these; null: all. */
  filter?: Maybe<WebhookFilter>;
  /** A TypeID: `endpoint_…`. */
  id: Scalars['ID']['output'];
  /** Whether events are sent there. */
  isEnabled: Scalars['Boolean']['output'];
  /** Why the server disabled it; null where it did not. */
  notice?: Maybe<Scalars['String']['output']>;
  /** The version of the usual payload. */
  payloadVersion: Scalars['Int']['output'];
  /** Until when the secret before the newest signs beside it; null: there is none. */
  previousSecretExpiresAt?: Maybe<Scalars['DateTime']['output']>;
  /** The GraphQL fragments that choose the payload's data; null: the usual data. */
  selection?: Maybe<Scalars['String']['output']>;
  /** When it was last changed by its owner. */
  updatedAt: Scalars['DateTime']['output'];
  /** Where the requests go. */
  url: Scalars['URL']['output'];
};

/** A page of webhook endpoints. */
export type WebhookEndpointConnection = {
  __typename?: 'WebhookEndpointConnection';
  /** The webhook endpoints with their cursors. */
  edges: Array<WebhookEndpointEdge>;
  /** The webhook endpoints alone. */
  nodes: Array<WebhookEndpoint>;
  /** Where the page stands. */
  pageInfo: PageInfo;
};

/** One webhook endpoint of a page. */
export type WebhookEndpointEdge = {
  __typename?: 'WebhookEndpointEdge';
  /** Where it stands. */
  cursor: Scalars['String']['output'];
  /** The webhook endpoint. */
  node: WebhookEndpoint;
};

/** Something that happened. It is kept for 30 days, where an endpoint wanted it. */
export type WebhookEvent = Node & {
  __typename?: 'WebhookEvent';
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
  __typename?: 'WebhookFilter';
  /** Completed classifications whose best prediction is the label with this key, or one below it; null: any. */
  labelKey?: Maybe<Scalars['String']['output']>;
  /** Completed classifications whose best score is at least this; null: any. */
  minScore?: Maybe<Scalars['Float']['output']>;
  /** Those of this taxonomy; null: of any. */
  taxonomyId?: Maybe<Scalars['ID']['output']>;
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
  __typename?: 'WebhookRequest';
  /** Its body, byte for byte. */
  body: Scalars['String']['output'];
  /** Its headers by their names, the signature among them. */
  headers: Scalars['JSONObject']['output'];
  /** Where to. */
  url: Scalars['URL']['output'];
};

/** What an endpoint answered. */
export type WebhookResponse = {
  __typename?: 'WebhookResponse';
  /** The first 4,096 bytes of its body, as text. */
  body: Scalars['String']['output'];
  /** Its headers by their names. */
  headers: Scalars['JSONObject']['output'];
  /** The HTTP status. */
  status: Scalars['Int']['output'];
};



export type ResolverTypeWrapper<T> = Promise<T> | T;


export type ResolverWithResolve<TResult, TParent, TContext, TArgs> = {
  resolve: ResolverFn<TResult, TParent, TContext, TArgs>;
};
export type Resolver<TResult, TParent = Record<PropertyKey, never>, TContext = Record<PropertyKey, never>, TArgs = Record<PropertyKey, never>> = ResolverFn<TResult, TParent, TContext, TArgs> | ResolverWithResolve<TResult, TParent, TContext, TArgs>;

export type ResolverFn<TResult, TParent, TContext, TArgs> = (
  parent: TParent,
  args: TArgs,
  context: TContext,
  info: GraphQLResolveInfo
) => Promise<TResult> | TResult;

export type SubscriptionSubscribeFn<TResult, TParent, TContext, TArgs> = (
  parent: TParent,
  args: TArgs,
  context: TContext,
  info: GraphQLResolveInfo
) => AsyncIterable<TResult> | Promise<AsyncIterable<TResult>>;

export type SubscriptionResolveFn<TResult, TParent, TContext, TArgs> = (
  parent: TParent,
  args: TArgs,
  context: TContext,
  info: GraphQLResolveInfo
) => TResult | Promise<TResult>;

export interface SubscriptionSubscriberObject<TResult, TKey extends string, TParent, TContext, TArgs> {
  subscribe: SubscriptionSubscribeFn<{ [key in TKey]: TResult }, TParent, TContext, TArgs>;
  resolve?: SubscriptionResolveFn<TResult, { [key in TKey]: TResult }, TContext, TArgs>;
}

export interface SubscriptionResolverObject<TResult, TParent, TContext, TArgs> {
  subscribe: SubscriptionSubscribeFn<any, TParent, TContext, TArgs>;
  resolve: SubscriptionResolveFn<TResult, any, TContext, TArgs>;
}

export type SubscriptionObject<TResult, TKey extends string, TParent, TContext, TArgs> =
  | SubscriptionSubscriberObject<TResult, TKey, TParent, TContext, TArgs>
  | SubscriptionResolverObject<TResult, TParent, TContext, TArgs>;

export type SubscriptionResolver<TResult, TKey extends string, TParent = Record<PropertyKey, never>, TContext = Record<PropertyKey, never>, TArgs = Record<PropertyKey, never>> =
  | ((...args: any[]) => SubscriptionObject<TResult, TKey, TParent, TContext, TArgs>)
  | SubscriptionObject<TResult, TKey, TParent, TContext, TArgs>;

export type TypeResolveFn<TTypes, TParent = Record<PropertyKey, never>, TContext = Record<PropertyKey, never>> = (
  parent: TParent,
  context: TContext,
  info: GraphQLResolveInfo
) => Maybe<TTypes> | Promise<Maybe<TTypes>>;

export type IsTypeOfResolverFn<T = Record<PropertyKey, never>, TContext = Record<PropertyKey, never>> = (obj: T, context: TContext, info: GraphQLResolveInfo) => boolean | Promise<boolean>;

export type NextResolverFn<T> = () => Promise<T>;

export type DirectiveResolverFn<TResult = Record<PropertyKey, never>, TParent = Record<PropertyKey, never>, TContext = Record<PropertyKey, never>, TArgs = Record<PropertyKey, never>> = (
  next: NextResolverFn<TResult>,
  parent: TParent,
  args: TArgs,
  context: TContext,
  info: GraphQLResolveInfo
) => TResult | Promise<TResult>;



/** Mapping of union types */
export type ResolversUnionTypes<_RefType extends Record<string, unknown>> = {
  ClassificationOutcome:
    | ( ClassificationRow )
    | ( ClassificationError )
  ;
  PreviewOutcome:
    | ( ClassificationError )
    | ( Omit<Preview, 'predictions'> & { predictions: Array<_RefType['PreviewPrediction']> } )
  ;
};

/** Mapping of interface types */
export type ResolversInterfaceTypes<_RefType extends Record<string, unknown>> = {
  Node:
    | ( ApiKeyRow )
    | ( ClassificationRow )
    | ( ClassificationJobRow )
    | ( InboundHookRow )
    | ( InboundMessageRow )
    | ( LabelRow )
    | ( TaxonomyRow )
    | ( TaxonomyVersionRow )
    | ( TenantRow )
    | ( WebhookDeliveryRow )
    | ( WebhookEndpointRow )
    | ( WebhookEventRow )
  ;
};

/** Mapping between all available schema types and the resolvers types */
export type ResolversTypes = {
  AccessToken: ResolverTypeWrapper<AccessToken>;
  Activation: Activation;
  ApiKey: ResolverTypeWrapper<ApiKeyRow>;
  ApiKeyConnection: ResolverTypeWrapper<Omit<ApiKeyConnection, 'edges' | 'nodes'> & { edges: Array<ResolversTypes['ApiKeyEdge']>, nodes: Array<ResolversTypes['ApiKey']> }>;
  ApiKeyEdge: ResolverTypeWrapper<Omit<ApiKeyEdge, 'node'> & { node: ResolversTypes['ApiKey'] }>;
  ApiKeyFilter: ApiKeyFilter;
  ApiKeyOrder: ApiKeyOrder;
  ApiKeyState: ApiKeyState;
  ArchiveTaxonomyInput: ArchiveTaxonomyInput;
  ArchiveTaxonomyPayload: ResolverTypeWrapper<Omit<ArchiveTaxonomyPayload, 'taxonomy'> & { taxonomy?: Maybe<ResolversTypes['Taxonomy']> }>;
  Boolean: ResolverTypeWrapper<Scalars['Boolean']['output']>;
  CancelClassificationJobInput: CancelClassificationJobInput;
  CancelClassificationJobPayload: ResolverTypeWrapper<Omit<CancelClassificationJobPayload, 'job'> & { job?: Maybe<ResolversTypes['ClassificationJob']> }>;
  Classification: ResolverTypeWrapper<ClassificationRow>;
  ClassificationConnection: ResolverTypeWrapper<Omit<ClassificationConnection, 'edges' | 'nodes'> & { edges: Array<ResolversTypes['ClassificationEdge']>, nodes: Array<ResolversTypes['Classification']> }>;
  ClassificationEdge: ResolverTypeWrapper<Omit<ClassificationEdge, 'node'> & { node: ResolversTypes['Classification'] }>;
  ClassificationError: ResolverTypeWrapper<ClassificationError>;
  ClassificationFilter: ClassificationFilter;
  ClassificationJob: ResolverTypeWrapper<ClassificationJobRow>;
  ClassificationJobCounts: ResolverTypeWrapper<ClassificationJobCounts>;
  ClassificationJobItem: ResolverTypeWrapper<ClassificationJobItemRow>;
  ClassificationJobItemConnection: ResolverTypeWrapper<Omit<ClassificationJobItemConnection, 'edges' | 'nodes'> & { edges: Array<ResolversTypes['ClassificationJobItemEdge']>, nodes: Array<ResolversTypes['ClassificationJobItem']> }>;
  ClassificationJobItemEdge: ResolverTypeWrapper<Omit<ClassificationJobItemEdge, 'node'> & { node: ResolversTypes['ClassificationJobItem'] }>;
  ClassificationJobItemFilter: ClassificationJobItemFilter;
  ClassificationJobItemState: ClassificationJobItemState;
  ClassificationJobState: ClassificationJobState;
  ClassificationModel: ResolverTypeWrapper<ClassificationModel>;
  ClassificationOrder: ClassificationOrder;
  ClassificationOutcome: ResolverTypeWrapper<ResolversUnionTypes<ResolversTypes>['ClassificationOutcome']>;
  ClassificationStats: ResolverTypeWrapper<Omit<ClassificationStats, 'groups' | 'total'> & { groups: Array<ResolversTypes['ClassificationStatsGroup']>, total: ResolversTypes['ClassificationStatsGroup'] }>;
  ClassificationStatsBy: ClassificationStatsBy;
  ClassificationStatsGroup: ResolverTypeWrapper<StatsGroup>;
  ClassificationTiming: ResolverTypeWrapper<ClassificationTiming>;
  ClassifyImagesInput: ClassifyImagesInput;
  ClassifyImagesPayload: ResolverTypeWrapper<Omit<ClassifyImagesPayload, 'results'> & { results: Array<ResolversTypes['ImageResult']> }>;
  CreateAccessTokenInput: CreateAccessTokenInput;
  CreateAccessTokenPayload: ResolverTypeWrapper<CreateAccessTokenPayload>;
  CreateApiKeyInput: CreateApiKeyInput;
  CreateApiKeyPayload: ResolverTypeWrapper<Omit<CreateApiKeyPayload, 'apiKey'> & { apiKey?: Maybe<ResolversTypes['ApiKey']> }>;
  CreateClassificationJobInput: CreateClassificationJobInput;
  CreateClassificationJobPayload: ResolverTypeWrapper<Omit<CreateClassificationJobPayload, 'job'> & { job?: Maybe<ResolversTypes['ClassificationJob']> }>;
  CreateInboundHookInput: CreateInboundHookInput;
  CreateInboundHookPayload: ResolverTypeWrapper<Omit<CreateInboundHookPayload, 'hook'> & { hook?: Maybe<ResolversTypes['InboundHook']> }>;
  CreateTaxonomyInput: CreateTaxonomyInput;
  CreateTaxonomyPayload: ResolverTypeWrapper<Omit<CreateTaxonomyPayload, 'taxonomy'> & { taxonomy?: Maybe<ResolversTypes['Taxonomy']> }>;
  CreateTenantInput: CreateTenantInput;
  CreateTenantPayload: ResolverTypeWrapper<Omit<CreateTenantPayload, 'adminKey' | 'tenant'> & { adminKey?: Maybe<ResolversTypes['NewApiKey']>, tenant?: Maybe<ResolversTypes['Tenant']> }>;
  CreateWebhookEndpointInput: CreateWebhookEndpointInput;
  CreateWebhookEndpointPayload: ResolverTypeWrapper<Omit<CreateWebhookEndpointPayload, 'endpoint'> & { endpoint?: Maybe<ResolversTypes['WebhookEndpoint']> }>;
  DateTime: ResolverTypeWrapper<Scalars['DateTime']['output']>;
  DeleteInboundHookInput: DeleteInboundHookInput;
  DeleteInboundHookPayload: ResolverTypeWrapper<DeleteInboundHookPayload>;
  DeleteWebhookEndpointInput: DeleteWebhookEndpointInput;
  DeleteWebhookEndpointPayload: ResolverTypeWrapper<DeleteWebhookEndpointPayload>;
  DeliveryAttempt: ResolverTypeWrapper<DeliveryAttemptRow>;
  DigestEncoding: DigestEncoding;
  EmbeddingProgress: ResolverTypeWrapper<EmbeddingProgress>;
  ErrorCode: ErrorCode;
  ExportLabelsInput: ExportLabelsInput;
  ExportLabelsPayload: ResolverTypeWrapper<ExportLabelsPayload>;
  Float: ResolverTypeWrapper<Scalars['Float']['output']>;
  HmacHeader: ResolverTypeWrapper<HmacHeader>;
  HmacHeaderInput: HmacHeaderInput;
  ID: ResolverTypeWrapper<Scalars['ID']['output']>;
  ImageFormat: ImageFormat;
  ImageInfo: ResolverTypeWrapper<ImageInfo>;
  ImageInput: ImageInput;
  ImageResult: ResolverTypeWrapper<Omit<ImageResult, 'outcomes'> & { outcomes: Array<ResolversTypes['ClassificationOutcome']> }>;
  ImageSource: ImageSource;
  ImportChanges: ResolverTypeWrapper<ImportChangesRow>;
  ImportLabelsInput: ImportLabelsInput;
  ImportLabelsPayload: ResolverTypeWrapper<Omit<ImportLabelsPayload, 'changes' | 'taxonomy'> & { changes?: Maybe<ResolversTypes['ImportChanges']>, taxonomy?: Maybe<ResolversTypes['Taxonomy']> }>;
  ImportProblem: ResolverTypeWrapper<ImportProblem>;
  ImportProblemCode: ImportProblemCode;
  InboundHook: ResolverTypeWrapper<InboundHookRow>;
  InboundHookConnection: ResolverTypeWrapper<Omit<InboundHookConnection, 'edges' | 'nodes'> & { edges: Array<ResolversTypes['InboundHookEdge']>, nodes: Array<ResolversTypes['InboundHook']> }>;
  InboundHookEdge: ResolverTypeWrapper<Omit<InboundHookEdge, 'node'> & { node: ResolversTypes['InboundHook'] }>;
  InboundHookMapping: ResolverTypeWrapper<InboundHookMapping>;
  InboundHookMappingInput: InboundHookMappingInput;
  InboundHookMetadata: ResolverTypeWrapper<InboundHookMetadata>;
  InboundHookMetadataInput: InboundHookMetadataInput;
  InboundHookPreset: InboundHookPreset;
  InboundHookScheme: InboundHookScheme;
  InboundMessage: ResolverTypeWrapper<InboundMessageRow>;
  InboundMessageConnection: ResolverTypeWrapper<Omit<InboundMessageConnection, 'edges' | 'nodes'> & { edges: Array<ResolversTypes['InboundMessageEdge']>, nodes: Array<ResolversTypes['InboundMessage']> }>;
  InboundMessageEdge: ResolverTypeWrapper<Omit<InboundMessageEdge, 'node'> & { node: ResolversTypes['InboundMessage'] }>;
  InboundMessageFilter: InboundMessageFilter;
  InboundMessageState: InboundMessageState;
  Int: ResolverTypeWrapper<Scalars['Int']['output']>;
  JSONObject: ResolverTypeWrapper<Scalars['JSONObject']['output']>;
  JobResultFormat: JobResultFormat;
  Label: ResolverTypeWrapper<LabelRow>;
  LabelChangeKind: LabelChangeKind;
  LabelConnection: ResolverTypeWrapper<Omit<LabelConnection, 'edges' | 'nodes'> & { edges: Array<ResolversTypes['LabelEdge']>, nodes: Array<ResolversTypes['Label']> }>;
  LabelContent: ResolverTypeWrapper<LabelContent>;
  LabelDifference: ResolverTypeWrapper<LabelDifferenceRow>;
  LabelDifferenceConnection: ResolverTypeWrapper<Omit<LabelDifferenceConnection, 'edges' | 'nodes'> & { edges: Array<ResolversTypes['LabelDifferenceEdge']>, nodes: Array<ResolversTypes['LabelDifference']> }>;
  LabelDifferenceEdge: ResolverTypeWrapper<Omit<LabelDifferenceEdge, 'node'> & { node: ResolversTypes['LabelDifference'] }>;
  LabelEdge: ResolverTypeWrapper<Omit<LabelEdge, 'node'> & { node: ResolversTypes['Label'] }>;
  LabelFileFormat: LabelFileFormat;
  LabelFilter: LabelFilter;
  LabelInput: LabelInput;
  LabelPair: ResolverTypeWrapper<LabelPairRow>;
  LanguageTag: ResolverTypeWrapper<Scalars['LanguageTag']['output']>;
  LatencyPercentiles: ResolverTypeWrapper<LatencyPercentiles>;
  LocalizedText: ResolverTypeWrapper<LocalizedText>;
  LocalizedTextInput: LocalizedTextInput;
  MappedImage: ResolverTypeWrapper<MappedImage>;
  Model: ResolverTypeWrapper<ModelStatus>;
  ModelState: ModelState;
  MoveLabelsInput: MoveLabelsInput;
  MoveLabelsPayload: ResolverTypeWrapper<Omit<MoveLabelsPayload, 'taxonomy'> & { taxonomy?: Maybe<ResolversTypes['Taxonomy']> }>;
  Mutation: ResolverTypeWrapper<Record<PropertyKey, never>>;
  NewApiKey: ResolverTypeWrapper<Omit<NewApiKey, 'apiKey'> & { apiKey: ResolversTypes['ApiKey'] }>;
  Node: ResolverTypeWrapper<ResolversInterfaceTypes<ResolversTypes>['Node']>;
  PageInfo: ResolverTypeWrapper<PageInfo>;
  Prediction: ResolverTypeWrapper<PredictionRow>;
  Preview: ResolverTypeWrapper<Omit<Preview, 'predictions'> & { predictions: Array<ResolversTypes['PreviewPrediction']> }>;
  PreviewImagesInput: PreviewImagesInput;
  PreviewImagesPayload: ResolverTypeWrapper<Omit<PreviewImagesPayload, 'results'> & { results: Array<ResolversTypes['PreviewResult']> }>;
  PreviewOutcome: ResolverTypeWrapper<ResolversUnionTypes<ResolversTypes>['PreviewOutcome']>;
  PreviewPrediction: ResolverTypeWrapper<PreviewPredictionRow>;
  PreviewResult: ResolverTypeWrapper<Omit<PreviewResult, 'outcome'> & { outcome: ResolversTypes['PreviewOutcome'] }>;
  PromptTemplate: ResolverTypeWrapper<PromptTemplate>;
  PromptTemplateInput: PromptTemplateInput;
  PublishTaxonomyInput: PublishTaxonomyInput;
  PublishTaxonomyPayload: ResolverTypeWrapper<Omit<PublishTaxonomyPayload, 'taxonomy' | 'version'> & { taxonomy?: Maybe<ResolversTypes['Taxonomy']>, version?: Maybe<ResolversTypes['TaxonomyVersion']> }>;
  PublishWarning: ResolverTypeWrapper<PublishWarning>;
  PublishWarningCode: PublishWarningCode;
  Query: ResolverTypeWrapper<Record<PropertyKey, never>>;
  ReclassifyInput: ReclassifyInput;
  ReclassifyPayload: ResolverTypeWrapper<Omit<ReclassifyPayload, 'job'> & { job?: Maybe<ResolversTypes['ClassificationJob']> }>;
  ReclassifySource: ReclassifySource;
  RedeliverInput: RedeliverInput;
  RedeliverPayload: ResolverTypeWrapper<RedeliverPayload>;
  RemoveLabelsInput: RemoveLabelsInput;
  RemoveLabelsPayload: ResolverTypeWrapper<Omit<RemoveLabelsPayload, 'taxonomy'> & { taxonomy?: Maybe<ResolversTypes['Taxonomy']> }>;
  RestoreTaxonomyVersionInput: RestoreTaxonomyVersionInput;
  RestoreTaxonomyVersionPayload: ResolverTypeWrapper<Omit<RestoreTaxonomyVersionPayload, 'taxonomy'> & { taxonomy?: Maybe<ResolversTypes['Taxonomy']> }>;
  RetryClassificationJobInput: RetryClassificationJobInput;
  RetryClassificationJobPayload: ResolverTypeWrapper<Omit<RetryClassificationJobPayload, 'job'> & { job?: Maybe<ResolversTypes['ClassificationJob']> }>;
  RevokeApiKeyInput: RevokeApiKeyInput;
  RevokeApiKeyPayload: ResolverTypeWrapper<Omit<RevokeApiKeyPayload, 'apiKey'> & { apiKey?: Maybe<ResolversTypes['ApiKey']> }>;
  RotateApiKeyInput: RotateApiKeyInput;
  RotateApiKeyPayload: ResolverTypeWrapper<Omit<RotateApiKeyPayload, 'apiKey'> & { apiKey?: Maybe<ResolversTypes['ApiKey']> }>;
  RotateInboundHookSecretInput: RotateInboundHookSecretInput;
  RotateInboundHookSecretPayload: ResolverTypeWrapper<Omit<RotateInboundHookSecretPayload, 'hook'> & { hook?: Maybe<ResolversTypes['InboundHook']> }>;
  RotateWebhookSecretInput: RotateWebhookSecretInput;
  RotateWebhookSecretPayload: ResolverTypeWrapper<Omit<RotateWebhookSecretPayload, 'endpoint'> & { endpoint?: Maybe<ResolversTypes['WebhookEndpoint']> }>;
  Scope: Scope;
  SendTestEventInput: SendTestEventInput;
  SendTestEventPayload: ResolverTypeWrapper<Omit<SendTestEventPayload, 'delivery'> & { delivery?: Maybe<ResolversTypes['WebhookDelivery']> }>;
  SetPromptTemplatesInput: SetPromptTemplatesInput;
  SetPromptTemplatesPayload: ResolverTypeWrapper<Omit<SetPromptTemplatesPayload, 'taxonomy'> & { taxonomy?: Maybe<ResolversTypes['Taxonomy']> }>;
  String: ResolverTypeWrapper<Scalars['String']['output']>;
  Subscription: ResolverTypeWrapper<Record<PropertyKey, never>>;
  Taxonomy: ResolverTypeWrapper<TaxonomyRow>;
  TaxonomyBy: TaxonomyBy;
  TaxonomyConnection: ResolverTypeWrapper<Omit<TaxonomyConnection, 'edges' | 'nodes'> & { edges: Array<ResolversTypes['TaxonomyEdge']>, nodes: Array<ResolversTypes['Taxonomy']> }>;
  TaxonomyDifference: ResolverTypeWrapper<TaxonomyDifferenceRow>;
  TaxonomyDraft: ResolverTypeWrapper<TaxonomyRow>;
  TaxonomyEdge: ResolverTypeWrapper<Omit<TaxonomyEdge, 'node'> & { node: ResolversTypes['Taxonomy'] }>;
  TaxonomyFilter: TaxonomyFilter;
  TaxonomyOrder: TaxonomyOrder;
  TaxonomyRef: TaxonomyRef;
  TaxonomyVersion: ResolverTypeWrapper<TaxonomyVersionRow>;
  TaxonomyVersionConnection: ResolverTypeWrapper<Omit<TaxonomyVersionConnection, 'edges' | 'nodes'> & { edges: Array<ResolversTypes['TaxonomyVersionEdge']>, nodes: Array<ResolversTypes['TaxonomyVersion']> }>;
  TaxonomyVersionEdge: ResolverTypeWrapper<Omit<TaxonomyVersionEdge, 'node'> & { node: ResolversTypes['TaxonomyVersion'] }>;
  TaxonomyVersionFilter: TaxonomyVersionFilter;
  TaxonomyVersionOrder: TaxonomyVersionOrder;
  TaxonomyVersionState: TaxonomyVersionState;
  Tenant: ResolverTypeWrapper<TenantRow>;
  TenantConnection: ResolverTypeWrapper<Omit<TenantConnection, 'edges' | 'nodes'> & { edges: Array<ResolversTypes['TenantEdge']>, nodes: Array<ResolversTypes['Tenant']> }>;
  TenantEdge: ResolverTypeWrapper<Omit<TenantEdge, 'node'> & { node: ResolversTypes['Tenant'] }>;
  TenantFilter: TenantFilter;
  TenantOrder: TenantOrder;
  TenantQuotas: ResolverTypeWrapper<TenantQuotas>;
  TenantQuotasInput: TenantQuotasInput;
  TenantRetention: ResolverTypeWrapper<TenantRetention>;
  TenantRetentionInput: TenantRetentionInput;
  TenantUsage: ResolverTypeWrapper<TenantUsage>;
  URL: ResolverTypeWrapper<Scalars['URL']['output']>;
  UpdateInboundHookInput: UpdateInboundHookInput;
  UpdateInboundHookPayload: ResolverTypeWrapper<Omit<UpdateInboundHookPayload, 'hook'> & { hook?: Maybe<ResolversTypes['InboundHook']> }>;
  UpdateTaxonomyInput: UpdateTaxonomyInput;
  UpdateTaxonomyPayload: ResolverTypeWrapper<Omit<UpdateTaxonomyPayload, 'taxonomy'> & { taxonomy?: Maybe<ResolversTypes['Taxonomy']> }>;
  UpdateTenantInput: UpdateTenantInput;
  UpdateTenantPayload: ResolverTypeWrapper<Omit<UpdateTenantPayload, 'tenant'> & { tenant?: Maybe<ResolversTypes['Tenant']> }>;
  UpdateWebhookEndpointInput: UpdateWebhookEndpointInput;
  UpdateWebhookEndpointPayload: ResolverTypeWrapper<Omit<UpdateWebhookEndpointPayload, 'endpoint'> & { endpoint?: Maybe<ResolversTypes['WebhookEndpoint']> }>;
  Upload: ResolverTypeWrapper<Scalars['Upload']['output']>;
  UpsertLabelsInput: UpsertLabelsInput;
  UpsertLabelsPayload: ResolverTypeWrapper<Omit<UpsertLabelsPayload, 'taxonomy'> & { taxonomy?: Maybe<ResolversTypes['Taxonomy']> }>;
  Usage: ResolverTypeWrapper<Omit<Usage, 'groups' | 'total'> & { groups: Array<ResolversTypes['UsageGroup']>, total: ResolversTypes['UsageGroup'] }>;
  UsageBy: UsageBy;
  UsageGroup: ResolverTypeWrapper<UsageGroupRow>;
  UserError: ResolverTypeWrapper<UserError>;
  Viewer: ResolverTypeWrapper<ViewerRow>;
  WebhookDelivery: ResolverTypeWrapper<WebhookDeliveryRow>;
  WebhookDeliveryConnection: ResolverTypeWrapper<Omit<WebhookDeliveryConnection, 'edges' | 'nodes'> & { edges: Array<ResolversTypes['WebhookDeliveryEdge']>, nodes: Array<ResolversTypes['WebhookDelivery']> }>;
  WebhookDeliveryEdge: ResolverTypeWrapper<Omit<WebhookDeliveryEdge, 'node'> & { node: ResolversTypes['WebhookDelivery'] }>;
  WebhookDeliveryFilter: WebhookDeliveryFilter;
  WebhookDeliveryState: WebhookDeliveryState;
  WebhookEndpoint: ResolverTypeWrapper<WebhookEndpointRow>;
  WebhookEndpointConnection: ResolverTypeWrapper<Omit<WebhookEndpointConnection, 'edges' | 'nodes'> & { edges: Array<ResolversTypes['WebhookEndpointEdge']>, nodes: Array<ResolversTypes['WebhookEndpoint']> }>;
  WebhookEndpointEdge: ResolverTypeWrapper<Omit<WebhookEndpointEdge, 'node'> & { node: ResolversTypes['WebhookEndpoint'] }>;
  WebhookEvent: ResolverTypeWrapper<WebhookEventRow>;
  WebhookEventType: WebhookEventType;
  WebhookFilter: ResolverTypeWrapper<WebhookFilter>;
  WebhookFilterInput: WebhookFilterInput;
  WebhookRequest: ResolverTypeWrapper<WebhookRequest>;
  WebhookResponse: ResolverTypeWrapper<WebhookResponse>;
};

/** Mapping between all available schema types and the resolvers parents */
export type ResolversParentTypes = {
  AccessToken: AccessToken;
  ApiKey: ApiKeyRow;
  ApiKeyConnection: Omit<ApiKeyConnection, 'edges' | 'nodes'> & { edges: Array<ResolversParentTypes['ApiKeyEdge']>, nodes: Array<ResolversParentTypes['ApiKey']> };
  ApiKeyEdge: Omit<ApiKeyEdge, 'node'> & { node: ResolversParentTypes['ApiKey'] };
  ApiKeyFilter: ApiKeyFilter;
  ArchiveTaxonomyInput: ArchiveTaxonomyInput;
  ArchiveTaxonomyPayload: Omit<ArchiveTaxonomyPayload, 'taxonomy'> & { taxonomy?: Maybe<ResolversParentTypes['Taxonomy']> };
  Boolean: Scalars['Boolean']['output'];
  CancelClassificationJobInput: CancelClassificationJobInput;
  CancelClassificationJobPayload: Omit<CancelClassificationJobPayload, 'job'> & { job?: Maybe<ResolversParentTypes['ClassificationJob']> };
  Classification: ClassificationRow;
  ClassificationConnection: Omit<ClassificationConnection, 'edges' | 'nodes'> & { edges: Array<ResolversParentTypes['ClassificationEdge']>, nodes: Array<ResolversParentTypes['Classification']> };
  ClassificationEdge: Omit<ClassificationEdge, 'node'> & { node: ResolversParentTypes['Classification'] };
  ClassificationError: ClassificationError;
  ClassificationFilter: ClassificationFilter;
  ClassificationJob: ClassificationJobRow;
  ClassificationJobCounts: ClassificationJobCounts;
  ClassificationJobItem: ClassificationJobItemRow;
  ClassificationJobItemConnection: Omit<ClassificationJobItemConnection, 'edges' | 'nodes'> & { edges: Array<ResolversParentTypes['ClassificationJobItemEdge']>, nodes: Array<ResolversParentTypes['ClassificationJobItem']> };
  ClassificationJobItemEdge: Omit<ClassificationJobItemEdge, 'node'> & { node: ResolversParentTypes['ClassificationJobItem'] };
  ClassificationJobItemFilter: ClassificationJobItemFilter;
  ClassificationModel: ClassificationModel;
  ClassificationOutcome: ResolversUnionTypes<ResolversParentTypes>['ClassificationOutcome'];
  ClassificationStats: Omit<ClassificationStats, 'groups' | 'total'> & { groups: Array<ResolversParentTypes['ClassificationStatsGroup']>, total: ResolversParentTypes['ClassificationStatsGroup'] };
  ClassificationStatsGroup: StatsGroup;
  ClassificationTiming: ClassificationTiming;
  ClassifyImagesInput: ClassifyImagesInput;
  ClassifyImagesPayload: Omit<ClassifyImagesPayload, 'results'> & { results: Array<ResolversParentTypes['ImageResult']> };
  CreateAccessTokenInput: CreateAccessTokenInput;
  CreateAccessTokenPayload: CreateAccessTokenPayload;
  CreateApiKeyInput: CreateApiKeyInput;
  CreateApiKeyPayload: Omit<CreateApiKeyPayload, 'apiKey'> & { apiKey?: Maybe<ResolversParentTypes['ApiKey']> };
  CreateClassificationJobInput: CreateClassificationJobInput;
  CreateClassificationJobPayload: Omit<CreateClassificationJobPayload, 'job'> & { job?: Maybe<ResolversParentTypes['ClassificationJob']> };
  CreateInboundHookInput: CreateInboundHookInput;
  CreateInboundHookPayload: Omit<CreateInboundHookPayload, 'hook'> & { hook?: Maybe<ResolversParentTypes['InboundHook']> };
  CreateTaxonomyInput: CreateTaxonomyInput;
  CreateTaxonomyPayload: Omit<CreateTaxonomyPayload, 'taxonomy'> & { taxonomy?: Maybe<ResolversParentTypes['Taxonomy']> };
  CreateTenantInput: CreateTenantInput;
  CreateTenantPayload: Omit<CreateTenantPayload, 'adminKey' | 'tenant'> & { adminKey?: Maybe<ResolversParentTypes['NewApiKey']>, tenant?: Maybe<ResolversParentTypes['Tenant']> };
  CreateWebhookEndpointInput: CreateWebhookEndpointInput;
  CreateWebhookEndpointPayload: Omit<CreateWebhookEndpointPayload, 'endpoint'> & { endpoint?: Maybe<ResolversParentTypes['WebhookEndpoint']> };
  DateTime: Scalars['DateTime']['output'];
  DeleteInboundHookInput: DeleteInboundHookInput;
  DeleteInboundHookPayload: DeleteInboundHookPayload;
  DeleteWebhookEndpointInput: DeleteWebhookEndpointInput;
  DeleteWebhookEndpointPayload: DeleteWebhookEndpointPayload;
  DeliveryAttempt: DeliveryAttemptRow;
  EmbeddingProgress: EmbeddingProgress;
  ExportLabelsInput: ExportLabelsInput;
  ExportLabelsPayload: ExportLabelsPayload;
  Float: Scalars['Float']['output'];
  HmacHeader: HmacHeader;
  HmacHeaderInput: HmacHeaderInput;
  ID: Scalars['ID']['output'];
  ImageInfo: ImageInfo;
  ImageInput: ImageInput;
  ImageResult: Omit<ImageResult, 'outcomes'> & { outcomes: Array<ResolversParentTypes['ClassificationOutcome']> };
  ImageSource: ImageSource;
  ImportChanges: ImportChangesRow;
  ImportLabelsInput: ImportLabelsInput;
  ImportLabelsPayload: Omit<ImportLabelsPayload, 'changes' | 'taxonomy'> & { changes?: Maybe<ResolversParentTypes['ImportChanges']>, taxonomy?: Maybe<ResolversParentTypes['Taxonomy']> };
  ImportProblem: ImportProblem;
  InboundHook: InboundHookRow;
  InboundHookConnection: Omit<InboundHookConnection, 'edges' | 'nodes'> & { edges: Array<ResolversParentTypes['InboundHookEdge']>, nodes: Array<ResolversParentTypes['InboundHook']> };
  InboundHookEdge: Omit<InboundHookEdge, 'node'> & { node: ResolversParentTypes['InboundHook'] };
  InboundHookMapping: InboundHookMapping;
  InboundHookMappingInput: InboundHookMappingInput;
  InboundHookMetadata: InboundHookMetadata;
  InboundHookMetadataInput: InboundHookMetadataInput;
  InboundMessage: InboundMessageRow;
  InboundMessageConnection: Omit<InboundMessageConnection, 'edges' | 'nodes'> & { edges: Array<ResolversParentTypes['InboundMessageEdge']>, nodes: Array<ResolversParentTypes['InboundMessage']> };
  InboundMessageEdge: Omit<InboundMessageEdge, 'node'> & { node: ResolversParentTypes['InboundMessage'] };
  InboundMessageFilter: InboundMessageFilter;
  Int: Scalars['Int']['output'];
  JSONObject: Scalars['JSONObject']['output'];
  Label: LabelRow;
  LabelConnection: Omit<LabelConnection, 'edges' | 'nodes'> & { edges: Array<ResolversParentTypes['LabelEdge']>, nodes: Array<ResolversParentTypes['Label']> };
  LabelContent: LabelContent;
  LabelDifference: LabelDifferenceRow;
  LabelDifferenceConnection: Omit<LabelDifferenceConnection, 'edges' | 'nodes'> & { edges: Array<ResolversParentTypes['LabelDifferenceEdge']>, nodes: Array<ResolversParentTypes['LabelDifference']> };
  LabelDifferenceEdge: Omit<LabelDifferenceEdge, 'node'> & { node: ResolversParentTypes['LabelDifference'] };
  LabelEdge: Omit<LabelEdge, 'node'> & { node: ResolversParentTypes['Label'] };
  LabelFilter: LabelFilter;
  LabelInput: LabelInput;
  LabelPair: LabelPairRow;
  LanguageTag: Scalars['LanguageTag']['output'];
  LatencyPercentiles: LatencyPercentiles;
  LocalizedText: LocalizedText;
  LocalizedTextInput: LocalizedTextInput;
  MappedImage: MappedImage;
  Model: ModelStatus;
  MoveLabelsInput: MoveLabelsInput;
  MoveLabelsPayload: Omit<MoveLabelsPayload, 'taxonomy'> & { taxonomy?: Maybe<ResolversParentTypes['Taxonomy']> };
  Mutation: Record<PropertyKey, never>;
  NewApiKey: Omit<NewApiKey, 'apiKey'> & { apiKey: ResolversParentTypes['ApiKey'] };
  Node: ResolversInterfaceTypes<ResolversParentTypes>['Node'];
  PageInfo: PageInfo;
  Prediction: PredictionRow;
  Preview: Omit<Preview, 'predictions'> & { predictions: Array<ResolversParentTypes['PreviewPrediction']> };
  PreviewImagesInput: PreviewImagesInput;
  PreviewImagesPayload: Omit<PreviewImagesPayload, 'results'> & { results: Array<ResolversParentTypes['PreviewResult']> };
  PreviewOutcome: ResolversUnionTypes<ResolversParentTypes>['PreviewOutcome'];
  PreviewPrediction: PreviewPredictionRow;
  PreviewResult: Omit<PreviewResult, 'outcome'> & { outcome: ResolversParentTypes['PreviewOutcome'] };
  PromptTemplate: PromptTemplate;
  PromptTemplateInput: PromptTemplateInput;
  PublishTaxonomyInput: PublishTaxonomyInput;
  PublishTaxonomyPayload: Omit<PublishTaxonomyPayload, 'taxonomy' | 'version'> & { taxonomy?: Maybe<ResolversParentTypes['Taxonomy']>, version?: Maybe<ResolversParentTypes['TaxonomyVersion']> };
  PublishWarning: PublishWarning;
  Query: Record<PropertyKey, never>;
  ReclassifyInput: ReclassifyInput;
  ReclassifyPayload: Omit<ReclassifyPayload, 'job'> & { job?: Maybe<ResolversParentTypes['ClassificationJob']> };
  ReclassifySource: ReclassifySource;
  RedeliverInput: RedeliverInput;
  RedeliverPayload: RedeliverPayload;
  RemoveLabelsInput: RemoveLabelsInput;
  RemoveLabelsPayload: Omit<RemoveLabelsPayload, 'taxonomy'> & { taxonomy?: Maybe<ResolversParentTypes['Taxonomy']> };
  RestoreTaxonomyVersionInput: RestoreTaxonomyVersionInput;
  RestoreTaxonomyVersionPayload: Omit<RestoreTaxonomyVersionPayload, 'taxonomy'> & { taxonomy?: Maybe<ResolversParentTypes['Taxonomy']> };
  RetryClassificationJobInput: RetryClassificationJobInput;
  RetryClassificationJobPayload: Omit<RetryClassificationJobPayload, 'job'> & { job?: Maybe<ResolversParentTypes['ClassificationJob']> };
  RevokeApiKeyInput: RevokeApiKeyInput;
  RevokeApiKeyPayload: Omit<RevokeApiKeyPayload, 'apiKey'> & { apiKey?: Maybe<ResolversParentTypes['ApiKey']> };
  RotateApiKeyInput: RotateApiKeyInput;
  RotateApiKeyPayload: Omit<RotateApiKeyPayload, 'apiKey'> & { apiKey?: Maybe<ResolversParentTypes['ApiKey']> };
  RotateInboundHookSecretInput: RotateInboundHookSecretInput;
  RotateInboundHookSecretPayload: Omit<RotateInboundHookSecretPayload, 'hook'> & { hook?: Maybe<ResolversParentTypes['InboundHook']> };
  RotateWebhookSecretInput: RotateWebhookSecretInput;
  RotateWebhookSecretPayload: Omit<RotateWebhookSecretPayload, 'endpoint'> & { endpoint?: Maybe<ResolversParentTypes['WebhookEndpoint']> };
  SendTestEventInput: SendTestEventInput;
  SendTestEventPayload: Omit<SendTestEventPayload, 'delivery'> & { delivery?: Maybe<ResolversParentTypes['WebhookDelivery']> };
  SetPromptTemplatesInput: SetPromptTemplatesInput;
  SetPromptTemplatesPayload: Omit<SetPromptTemplatesPayload, 'taxonomy'> & { taxonomy?: Maybe<ResolversParentTypes['Taxonomy']> };
  String: Scalars['String']['output'];
  Subscription: Record<PropertyKey, never>;
  Taxonomy: TaxonomyRow;
  TaxonomyBy: TaxonomyBy;
  TaxonomyConnection: Omit<TaxonomyConnection, 'edges' | 'nodes'> & { edges: Array<ResolversParentTypes['TaxonomyEdge']>, nodes: Array<ResolversParentTypes['Taxonomy']> };
  TaxonomyDifference: TaxonomyDifferenceRow;
  TaxonomyDraft: TaxonomyRow;
  TaxonomyEdge: Omit<TaxonomyEdge, 'node'> & { node: ResolversParentTypes['Taxonomy'] };
  TaxonomyFilter: TaxonomyFilter;
  TaxonomyRef: TaxonomyRef;
  TaxonomyVersion: TaxonomyVersionRow;
  TaxonomyVersionConnection: Omit<TaxonomyVersionConnection, 'edges' | 'nodes'> & { edges: Array<ResolversParentTypes['TaxonomyVersionEdge']>, nodes: Array<ResolversParentTypes['TaxonomyVersion']> };
  TaxonomyVersionEdge: Omit<TaxonomyVersionEdge, 'node'> & { node: ResolversParentTypes['TaxonomyVersion'] };
  TaxonomyVersionFilter: TaxonomyVersionFilter;
  Tenant: TenantRow;
  TenantConnection: Omit<TenantConnection, 'edges' | 'nodes'> & { edges: Array<ResolversParentTypes['TenantEdge']>, nodes: Array<ResolversParentTypes['Tenant']> };
  TenantEdge: Omit<TenantEdge, 'node'> & { node: ResolversParentTypes['Tenant'] };
  TenantFilter: TenantFilter;
  TenantQuotas: TenantQuotas;
  TenantQuotasInput: TenantQuotasInput;
  TenantRetention: TenantRetention;
  TenantRetentionInput: TenantRetentionInput;
  TenantUsage: TenantUsage;
  URL: Scalars['URL']['output'];
  UpdateInboundHookInput: UpdateInboundHookInput;
  UpdateInboundHookPayload: Omit<UpdateInboundHookPayload, 'hook'> & { hook?: Maybe<ResolversParentTypes['InboundHook']> };
  UpdateTaxonomyInput: UpdateTaxonomyInput;
  UpdateTaxonomyPayload: Omit<UpdateTaxonomyPayload, 'taxonomy'> & { taxonomy?: Maybe<ResolversParentTypes['Taxonomy']> };
  UpdateTenantInput: UpdateTenantInput;
  UpdateTenantPayload: Omit<UpdateTenantPayload, 'tenant'> & { tenant?: Maybe<ResolversParentTypes['Tenant']> };
  UpdateWebhookEndpointInput: UpdateWebhookEndpointInput;
  UpdateWebhookEndpointPayload: Omit<UpdateWebhookEndpointPayload, 'endpoint'> & { endpoint?: Maybe<ResolversParentTypes['WebhookEndpoint']> };
  Upload: Scalars['Upload']['output'];
  UpsertLabelsInput: UpsertLabelsInput;
  UpsertLabelsPayload: Omit<UpsertLabelsPayload, 'taxonomy'> & { taxonomy?: Maybe<ResolversParentTypes['Taxonomy']> };
  Usage: Omit<Usage, 'groups' | 'total'> & { groups: Array<ResolversParentTypes['UsageGroup']>, total: ResolversParentTypes['UsageGroup'] };
  UsageGroup: UsageGroupRow;
  UserError: UserError;
  Viewer: ViewerRow;
  WebhookDelivery: WebhookDeliveryRow;
  WebhookDeliveryConnection: Omit<WebhookDeliveryConnection, 'edges' | 'nodes'> & { edges: Array<ResolversParentTypes['WebhookDeliveryEdge']>, nodes: Array<ResolversParentTypes['WebhookDelivery']> };
  WebhookDeliveryEdge: Omit<WebhookDeliveryEdge, 'node'> & { node: ResolversParentTypes['WebhookDelivery'] };
  WebhookDeliveryFilter: WebhookDeliveryFilter;
  WebhookEndpoint: WebhookEndpointRow;
  WebhookEndpointConnection: Omit<WebhookEndpointConnection, 'edges' | 'nodes'> & { edges: Array<ResolversParentTypes['WebhookEndpointEdge']>, nodes: Array<ResolversParentTypes['WebhookEndpoint']> };
  WebhookEndpointEdge: Omit<WebhookEndpointEdge, 'node'> & { node: ResolversParentTypes['WebhookEndpoint'] };
  WebhookEvent: WebhookEventRow;
  WebhookFilter: WebhookFilter;
  WebhookFilterInput: WebhookFilterInput;
  WebhookRequest: WebhookRequest;
  WebhookResponse: WebhookResponse;
};

export type AccessTokenResolvers<ContextType = Context, ParentType extends ResolversParentTypes['AccessToken'] = ResolversParentTypes['AccessToken']> = {
  expiresAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  origins?: Resolver<Array<ResolversTypes['URL']>, ParentType, ContextType>;
};

export type ApiKeyResolvers<ContextType = Context, ParentType extends ResolversParentTypes['ApiKey'] = ResolversParentTypes['ApiKey']> = {
  createdAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  expiresAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  hint?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  imagesPerMinute?: Resolver<Maybe<ResolversTypes['Int']>, ParentType, ContextType>;
  lastUsedAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  name?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  revokedAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  scopes?: Resolver<Array<ResolversTypes['Scope']>, ParentType, ContextType>;
  state?: Resolver<ResolversTypes['ApiKeyState'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type ApiKeyConnectionResolvers<ContextType = Context, ParentType extends ResolversParentTypes['ApiKeyConnection'] = ResolversParentTypes['ApiKeyConnection']> = {
  edges?: Resolver<Array<ResolversTypes['ApiKeyEdge']>, ParentType, ContextType>;
  nodes?: Resolver<Array<ResolversTypes['ApiKey']>, ParentType, ContextType>;
  pageInfo?: Resolver<ResolversTypes['PageInfo'], ParentType, ContextType>;
};

export type ApiKeyEdgeResolvers<ContextType = Context, ParentType extends ResolversParentTypes['ApiKeyEdge'] = ResolversParentTypes['ApiKeyEdge']> = {
  cursor?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  node?: Resolver<ResolversTypes['ApiKey'], ParentType, ContextType>;
};

export type ArchiveTaxonomyPayloadResolvers<ContextType = Context, ParentType extends ResolversParentTypes['ArchiveTaxonomyPayload'] = ResolversParentTypes['ArchiveTaxonomyPayload']> = {
  taxonomy?: Resolver<Maybe<ResolversTypes['Taxonomy']>, ParentType, ContextType>;
  userErrors?: Resolver<Array<ResolversTypes['UserError']>, ParentType, ContextType>;
};

export type CancelClassificationJobPayloadResolvers<ContextType = Context, ParentType extends ResolversParentTypes['CancelClassificationJobPayload'] = ResolversParentTypes['CancelClassificationJobPayload']> = {
  job?: Resolver<Maybe<ResolversTypes['ClassificationJob']>, ParentType, ContextType>;
  userErrors?: Resolver<Array<ResolversTypes['UserError']>, ParentType, ContextType>;
};

export type ClassificationResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Classification'] = ResolversParentTypes['Classification']> = {
  createdAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  image?: Resolver<ResolversTypes['ImageInfo'], ParentType, ContextType>;
  language?: Resolver<ResolversTypes['LanguageTag'], ParentType, ContextType>;
  metadata?: Resolver<Maybe<ResolversTypes['JSONObject']>, ParentType, ContextType>;
  model?: Resolver<ResolversTypes['ClassificationModel'], ParentType, ContextType>;
  predictions?: Resolver<Array<ResolversTypes['Prediction']>, ParentType, ContextType, Partial<ClassificationPredictionsArgs>>;
  promptLanguage?: Resolver<ResolversTypes['LanguageTag'], ParentType, ContextType>;
  reference?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  taxonomyVersion?: Resolver<ResolversTypes['TaxonomyVersion'], ParentType, ContextType>;
  timing?: Resolver<ResolversTypes['ClassificationTiming'], ParentType, ContextType>;
  top?: Resolver<Maybe<ResolversTypes['Prediction']>, ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type ClassificationConnectionResolvers<ContextType = Context, ParentType extends ResolversParentTypes['ClassificationConnection'] = ResolversParentTypes['ClassificationConnection']> = {
  edges?: Resolver<Array<ResolversTypes['ClassificationEdge']>, ParentType, ContextType>;
  nodes?: Resolver<Array<ResolversTypes['Classification']>, ParentType, ContextType>;
  pageInfo?: Resolver<ResolversTypes['PageInfo'], ParentType, ContextType>;
};

export type ClassificationEdgeResolvers<ContextType = Context, ParentType extends ResolversParentTypes['ClassificationEdge'] = ResolversParentTypes['ClassificationEdge']> = {
  cursor?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  node?: Resolver<ResolversTypes['Classification'], ParentType, ContextType>;
};

export type ClassificationErrorResolvers<ContextType = Context, ParentType extends ResolversParentTypes['ClassificationError'] = ResolversParentTypes['ClassificationError']> = {
  code?: Resolver<ResolversTypes['ErrorCode'], ParentType, ContextType>;
  message?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type ClassificationJobResolvers<ContextType = Context, ParentType extends ResolversParentTypes['ClassificationJob'] = ResolversParentTypes['ClassificationJob']> = {
  counts?: Resolver<ResolversTypes['ClassificationJobCounts'], ParentType, ContextType>;
  createdAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  downloadUrl?: Resolver<ResolversTypes['String'], ParentType, ContextType, RequireFields<ClassificationJobDownloadUrlArgs, 'format'>>;
  etaMs?: Resolver<Maybe<ResolversTypes['Float']>, ParentType, ContextType>;
  finishedAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  items?: Resolver<ResolversTypes['ClassificationJobItemConnection'], ParentType, ContextType, Partial<ClassificationJobItemsArgs>>;
  progress?: Resolver<ResolversTypes['Float'], ParentType, ContextType>;
  state?: Resolver<ResolversTypes['ClassificationJobState'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type ClassificationJobCountsResolvers<ContextType = Context, ParentType extends ResolversParentTypes['ClassificationJobCounts'] = ResolversParentTypes['ClassificationJobCounts']> = {
  cancelled?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  failed?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  pending?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  succeeded?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  total?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
};

export type ClassificationJobItemResolvers<ContextType = Context, ParentType extends ResolversParentTypes['ClassificationJobItem'] = ResolversParentTypes['ClassificationJobItem']> = {
  finishedAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  index?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  outcomes?: Resolver<Array<ResolversTypes['ClassificationOutcome']>, ParentType, ContextType>;
  reference?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  state?: Resolver<ResolversTypes['ClassificationJobItemState'], ParentType, ContextType>;
  url?: Resolver<Maybe<ResolversTypes['URL']>, ParentType, ContextType>;
};

export type ClassificationJobItemConnectionResolvers<ContextType = Context, ParentType extends ResolversParentTypes['ClassificationJobItemConnection'] = ResolversParentTypes['ClassificationJobItemConnection']> = {
  edges?: Resolver<Array<ResolversTypes['ClassificationJobItemEdge']>, ParentType, ContextType>;
  nodes?: Resolver<Array<ResolversTypes['ClassificationJobItem']>, ParentType, ContextType>;
  pageInfo?: Resolver<ResolversTypes['PageInfo'], ParentType, ContextType>;
};

export type ClassificationJobItemEdgeResolvers<ContextType = Context, ParentType extends ResolversParentTypes['ClassificationJobItemEdge'] = ResolversParentTypes['ClassificationJobItemEdge']> = {
  cursor?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  node?: Resolver<ResolversTypes['ClassificationJobItem'], ParentType, ContextType>;
};

export type ClassificationModelResolvers<ContextType = Context, ParentType extends ResolversParentTypes['ClassificationModel'] = ResolversParentTypes['ClassificationModel']> = {
  id?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  revision?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
};

export type ClassificationOutcomeResolvers<ContextType = Context, ParentType extends ResolversParentTypes['ClassificationOutcome'] = ResolversParentTypes['ClassificationOutcome']> = {
  __resolveType: TypeResolveFn<'Classification' | 'ClassificationError', ParentType, ContextType>;
};

export type ClassificationStatsResolvers<ContextType = Context, ParentType extends ResolversParentTypes['ClassificationStats'] = ResolversParentTypes['ClassificationStats']> = {
  groups?: Resolver<Array<ResolversTypes['ClassificationStatsGroup']>, ParentType, ContextType>;
  total?: Resolver<ResolversTypes['ClassificationStatsGroup'], ParentType, ContextType>;
};

export type ClassificationStatsGroupResolvers<ContextType = Context, ParentType extends ResolversParentTypes['ClassificationStatsGroup'] = ResolversParentTypes['ClassificationStatsGroup']> = {
  count?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  labelKey?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  latency?: Resolver<Maybe<ResolversTypes['LatencyPercentiles']>, ParentType, ContextType>;
  meanBatchSize?: Resolver<Maybe<ResolversTypes['Float']>, ParentType, ContextType>;
  meanScore?: Resolver<Maybe<ResolversTypes['Float']>, ParentType, ContextType>;
  medianScore?: Resolver<Maybe<ResolversTypes['Float']>, ParentType, ContextType>;
  start?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  taxonomy?: Resolver<Maybe<ResolversTypes['Taxonomy']>, ParentType, ContextType>;
};

export type ClassificationTimingResolvers<ContextType = Context, ParentType extends ResolversParentTypes['ClassificationTiming'] = ResolversParentTypes['ClassificationTiming']> = {
  batchSize?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  decodeMs?: Resolver<ResolversTypes['Float'], ParentType, ContextType>;
  encodeMs?: Resolver<ResolversTypes['Float'], ParentType, ContextType>;
  queueMs?: Resolver<ResolversTypes['Float'], ParentType, ContextType>;
  scoreMs?: Resolver<ResolversTypes['Float'], ParentType, ContextType>;
  totalMs?: Resolver<ResolversTypes['Float'], ParentType, ContextType>;
};

export type ClassifyImagesPayloadResolvers<ContextType = Context, ParentType extends ResolversParentTypes['ClassifyImagesPayload'] = ResolversParentTypes['ClassifyImagesPayload']> = {
  results?: Resolver<Array<ResolversTypes['ImageResult']>, ParentType, ContextType>;
  userErrors?: Resolver<Array<ResolversTypes['UserError']>, ParentType, ContextType>;
};

export type CreateAccessTokenPayloadResolvers<ContextType = Context, ParentType extends ResolversParentTypes['CreateAccessTokenPayload'] = ResolversParentTypes['CreateAccessTokenPayload']> = {
  expiresAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  token?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  userErrors?: Resolver<Array<ResolversTypes['UserError']>, ParentType, ContextType>;
};

export type CreateApiKeyPayloadResolvers<ContextType = Context, ParentType extends ResolversParentTypes['CreateApiKeyPayload'] = ResolversParentTypes['CreateApiKeyPayload']> = {
  apiKey?: Resolver<Maybe<ResolversTypes['ApiKey']>, ParentType, ContextType>;
  secret?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  userErrors?: Resolver<Array<ResolversTypes['UserError']>, ParentType, ContextType>;
};

export type CreateClassificationJobPayloadResolvers<ContextType = Context, ParentType extends ResolversParentTypes['CreateClassificationJobPayload'] = ResolversParentTypes['CreateClassificationJobPayload']> = {
  job?: Resolver<Maybe<ResolversTypes['ClassificationJob']>, ParentType, ContextType>;
  userErrors?: Resolver<Array<ResolversTypes['UserError']>, ParentType, ContextType>;
};

export type CreateInboundHookPayloadResolvers<ContextType = Context, ParentType extends ResolversParentTypes['CreateInboundHookPayload'] = ResolversParentTypes['CreateInboundHookPayload']> = {
  hook?: Resolver<Maybe<ResolversTypes['InboundHook']>, ParentType, ContextType>;
  mappedImages?: Resolver<Maybe<Array<ResolversTypes['MappedImage']>>, ParentType, ContextType>;
  secret?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  userErrors?: Resolver<Array<ResolversTypes['UserError']>, ParentType, ContextType>;
};

export type CreateTaxonomyPayloadResolvers<ContextType = Context, ParentType extends ResolversParentTypes['CreateTaxonomyPayload'] = ResolversParentTypes['CreateTaxonomyPayload']> = {
  taxonomy?: Resolver<Maybe<ResolversTypes['Taxonomy']>, ParentType, ContextType>;
  userErrors?: Resolver<Array<ResolversTypes['UserError']>, ParentType, ContextType>;
};

export type CreateTenantPayloadResolvers<ContextType = Context, ParentType extends ResolversParentTypes['CreateTenantPayload'] = ResolversParentTypes['CreateTenantPayload']> = {
  adminKey?: Resolver<Maybe<ResolversTypes['NewApiKey']>, ParentType, ContextType>;
  tenant?: Resolver<Maybe<ResolversTypes['Tenant']>, ParentType, ContextType>;
  userErrors?: Resolver<Array<ResolversTypes['UserError']>, ParentType, ContextType>;
};

export type CreateWebhookEndpointPayloadResolvers<ContextType = Context, ParentType extends ResolversParentTypes['CreateWebhookEndpointPayload'] = ResolversParentTypes['CreateWebhookEndpointPayload']> = {
  endpoint?: Resolver<Maybe<ResolversTypes['WebhookEndpoint']>, ParentType, ContextType>;
  secret?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  userErrors?: Resolver<Array<ResolversTypes['UserError']>, ParentType, ContextType>;
};

export interface DateTimeScalarConfig extends GraphQLScalarTypeConfig<ResolversTypes['DateTime'], any> {
  name: 'DateTime';
}

export type DeleteInboundHookPayloadResolvers<ContextType = Context, ParentType extends ResolversParentTypes['DeleteInboundHookPayload'] = ResolversParentTypes['DeleteInboundHookPayload']> = {
  deletedId?: Resolver<Maybe<ResolversTypes['ID']>, ParentType, ContextType>;
  userErrors?: Resolver<Array<ResolversTypes['UserError']>, ParentType, ContextType>;
};

export type DeleteWebhookEndpointPayloadResolvers<ContextType = Context, ParentType extends ResolversParentTypes['DeleteWebhookEndpointPayload'] = ResolversParentTypes['DeleteWebhookEndpointPayload']> = {
  deletedId?: Resolver<Maybe<ResolversTypes['ID']>, ParentType, ContextType>;
  userErrors?: Resolver<Array<ResolversTypes['UserError']>, ParentType, ContextType>;
};

export type DeliveryAttemptResolvers<ContextType = Context, ParentType extends ResolversParentTypes['DeliveryAttempt'] = ResolversParentTypes['DeliveryAttempt']> = {
  durationMs?: Resolver<ResolversTypes['Float'], ParentType, ContextType>;
  error?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  number?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  request?: Resolver<ResolversTypes['WebhookRequest'], ParentType, ContextType>;
  response?: Resolver<Maybe<ResolversTypes['WebhookResponse']>, ParentType, ContextType>;
  startedAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
};

export type EmbeddingProgressResolvers<ContextType = Context, ParentType extends ResolversParentTypes['EmbeddingProgress'] = ResolversParentTypes['EmbeddingProgress']> = {
  embedded?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  total?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
};

export type ExportLabelsPayloadResolvers<ContextType = Context, ParentType extends ResolversParentTypes['ExportLabelsPayload'] = ResolversParentTypes['ExportLabelsPayload']> = {
  expiresAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  url?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  userErrors?: Resolver<Array<ResolversTypes['UserError']>, ParentType, ContextType>;
};

export type HmacHeaderResolvers<ContextType = Context, ParentType extends ResolversParentTypes['HmacHeader'] = ResolversParentTypes['HmacHeader']> = {
  encoding?: Resolver<ResolversTypes['DigestEncoding'], ParentType, ContextType>;
  name?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  prefix?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  timestampHeader?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
};

export type ImageInfoResolvers<ContextType = Context, ParentType extends ResolversParentTypes['ImageInfo'] = ResolversParentTypes['ImageInfo']> = {
  format?: Resolver<ResolversTypes['ImageFormat'], ParentType, ContextType>;
  height?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  sha256?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  sizeBytes?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  url?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  width?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
};

export type ImageResultResolvers<ContextType = Context, ParentType extends ResolversParentTypes['ImageResult'] = ResolversParentTypes['ImageResult']> = {
  image?: Resolver<Maybe<ResolversTypes['ImageInfo']>, ParentType, ContextType>;
  index?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  outcomes?: Resolver<Array<ResolversTypes['ClassificationOutcome']>, ParentType, ContextType>;
  reference?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
};

export type ImportChangesResolvers<ContextType = Context, ParentType extends ResolversParentTypes['ImportChanges'] = ResolversParentTypes['ImportChanges']> = {
  addedCount?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  changedCount?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  labels?: Resolver<Array<ResolversTypes['LabelDifference']>, ParentType, ContextType>;
  unchangedCount?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
};

export type ImportLabelsPayloadResolvers<ContextType = Context, ParentType extends ResolversParentTypes['ImportLabelsPayload'] = ResolversParentTypes['ImportLabelsPayload']> = {
  changes?: Resolver<Maybe<ResolversTypes['ImportChanges']>, ParentType, ContextType>;
  problemCount?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  problems?: Resolver<Array<ResolversTypes['ImportProblem']>, ParentType, ContextType>;
  taxonomy?: Resolver<Maybe<ResolversTypes['Taxonomy']>, ParentType, ContextType>;
  userErrors?: Resolver<Array<ResolversTypes['UserError']>, ParentType, ContextType>;
};

export type ImportProblemResolvers<ContextType = Context, ParentType extends ResolversParentTypes['ImportProblem'] = ResolversParentTypes['ImportProblem']> = {
  code?: Resolver<ResolversTypes['ImportProblemCode'], ParentType, ContextType>;
  line?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  message?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
};

export type InboundHookResolvers<ContextType = Context, ParentType extends ResolversParentTypes['InboundHook'] = ResolversParentTypes['InboundHook']> = {
  createdAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  hmacHeader?: Resolver<Maybe<ResolversTypes['HmacHeader']>, ParentType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  imagesPerMinute?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  isEnabled?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  language?: Resolver<Maybe<ResolversTypes['LanguageTag']>, ParentType, ContextType>;
  mapping?: Resolver<ResolversTypes['InboundHookMapping'], ParentType, ContextType>;
  messages?: Resolver<ResolversTypes['InboundMessageConnection'], ParentType, ContextType, Partial<InboundHookMessagesArgs>>;
  minScore?: Resolver<Maybe<ResolversTypes['Float']>, ParentType, ContextType>;
  name?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  previousSecretExpiresAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  promptLanguage?: Resolver<Maybe<ResolversTypes['LanguageTag']>, ParentType, ContextType>;
  scheme?: Resolver<ResolversTypes['InboundHookScheme'], ParentType, ContextType>;
  taxonomy?: Resolver<ResolversTypes['Taxonomy'], ParentType, ContextType>;
  topK?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  updatedAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  url?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  version?: Resolver<Maybe<ResolversTypes['Int']>, ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type InboundHookConnectionResolvers<ContextType = Context, ParentType extends ResolversParentTypes['InboundHookConnection'] = ResolversParentTypes['InboundHookConnection']> = {
  edges?: Resolver<Array<ResolversTypes['InboundHookEdge']>, ParentType, ContextType>;
  nodes?: Resolver<Array<ResolversTypes['InboundHook']>, ParentType, ContextType>;
  pageInfo?: Resolver<ResolversTypes['PageInfo'], ParentType, ContextType>;
};

export type InboundHookEdgeResolvers<ContextType = Context, ParentType extends ResolversParentTypes['InboundHookEdge'] = ResolversParentTypes['InboundHookEdge']> = {
  cursor?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  node?: Resolver<ResolversTypes['InboundHook'], ParentType, ContextType>;
};

export type InboundHookMappingResolvers<ContextType = Context, ParentType extends ResolversParentTypes['InboundHookMapping'] = ResolversParentTypes['InboundHookMapping']> = {
  base64?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  id?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  images?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  metadata?: Resolver<Array<ResolversTypes['InboundHookMetadata']>, ParentType, ContextType>;
  reference?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  url?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
};

export type InboundHookMetadataResolvers<ContextType = Context, ParentType extends ResolversParentTypes['InboundHookMetadata'] = ResolversParentTypes['InboundHookMetadata']> = {
  name?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  path?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
};

export type InboundMessageResolvers<ContextType = Context, ParentType extends ResolversParentTypes['InboundMessage'] = ResolversParentTypes['InboundMessage']> = {
  classificationIds?: Resolver<Array<ResolversTypes['ID']>, ParentType, ContextType>;
  createdAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  failure?: Resolver<Maybe<ResolversTypes['ClassificationError']>, ParentType, ContextType>;
  finishedAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  hook?: Resolver<ResolversTypes['InboundHook'], ParentType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  senderId?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  state?: Resolver<ResolversTypes['InboundMessageState'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type InboundMessageConnectionResolvers<ContextType = Context, ParentType extends ResolversParentTypes['InboundMessageConnection'] = ResolversParentTypes['InboundMessageConnection']> = {
  edges?: Resolver<Array<ResolversTypes['InboundMessageEdge']>, ParentType, ContextType>;
  nodes?: Resolver<Array<ResolversTypes['InboundMessage']>, ParentType, ContextType>;
  pageInfo?: Resolver<ResolversTypes['PageInfo'], ParentType, ContextType>;
};

export type InboundMessageEdgeResolvers<ContextType = Context, ParentType extends ResolversParentTypes['InboundMessageEdge'] = ResolversParentTypes['InboundMessageEdge']> = {
  cursor?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  node?: Resolver<ResolversTypes['InboundMessage'], ParentType, ContextType>;
};

export interface JsonObjectScalarConfig extends GraphQLScalarTypeConfig<ResolversTypes['JSONObject'], any> {
  name: 'JSONObject';
}

export type LabelResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Label'] = ResolversParentTypes['Label']> = {
  children?: Resolver<Array<ResolversTypes['Label']>, ParentType, ContextType>;
  description?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  key?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  name?: Resolver<ResolversTypes['String'], ParentType, ContextType, Partial<LabelNameArgs>>;
  names?: Resolver<Array<ResolversTypes['LocalizedText']>, ParentType, ContextType>;
  parent?: Resolver<Maybe<ResolversTypes['Label']>, ParentType, ContextType>;
  path?: Resolver<Array<ResolversTypes['Label']>, ParentType, ContextType>;
  synonyms?: Resolver<Array<ResolversTypes['LocalizedText']>, ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type LabelConnectionResolvers<ContextType = Context, ParentType extends ResolversParentTypes['LabelConnection'] = ResolversParentTypes['LabelConnection']> = {
  edges?: Resolver<Array<ResolversTypes['LabelEdge']>, ParentType, ContextType>;
  nodes?: Resolver<Array<ResolversTypes['Label']>, ParentType, ContextType>;
  pageInfo?: Resolver<ResolversTypes['PageInfo'], ParentType, ContextType>;
  totalCount?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
};

export type LabelContentResolvers<ContextType = Context, ParentType extends ResolversParentTypes['LabelContent'] = ResolversParentTypes['LabelContent']> = {
  description?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  names?: Resolver<Array<ResolversTypes['LocalizedText']>, ParentType, ContextType>;
  parentKey?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  synonyms?: Resolver<Array<ResolversTypes['LocalizedText']>, ParentType, ContextType>;
};

export type LabelDifferenceResolvers<ContextType = Context, ParentType extends ResolversParentTypes['LabelDifference'] = ResolversParentTypes['LabelDifference']> = {
  after?: Resolver<Maybe<ResolversTypes['LabelContent']>, ParentType, ContextType>;
  before?: Resolver<Maybe<ResolversTypes['LabelContent']>, ParentType, ContextType>;
  key?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  kinds?: Resolver<Array<ResolversTypes['LabelChangeKind']>, ParentType, ContextType>;
  summary?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
};

export type LabelDifferenceConnectionResolvers<ContextType = Context, ParentType extends ResolversParentTypes['LabelDifferenceConnection'] = ResolversParentTypes['LabelDifferenceConnection']> = {
  edges?: Resolver<Array<ResolversTypes['LabelDifferenceEdge']>, ParentType, ContextType>;
  nodes?: Resolver<Array<ResolversTypes['LabelDifference']>, ParentType, ContextType>;
  pageInfo?: Resolver<ResolversTypes['PageInfo'], ParentType, ContextType>;
  totalCount?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
};

export type LabelDifferenceEdgeResolvers<ContextType = Context, ParentType extends ResolversParentTypes['LabelDifferenceEdge'] = ResolversParentTypes['LabelDifferenceEdge']> = {
  cursor?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  node?: Resolver<ResolversTypes['LabelDifference'], ParentType, ContextType>;
};

export type LabelEdgeResolvers<ContextType = Context, ParentType extends ResolversParentTypes['LabelEdge'] = ResolversParentTypes['LabelEdge']> = {
  cursor?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  node?: Resolver<ResolversTypes['Label'], ParentType, ContextType>;
};

export type LabelPairResolvers<ContextType = Context, ParentType extends ResolversParentTypes['LabelPair'] = ResolversParentTypes['LabelPair']> = {
  a?: Resolver<ResolversTypes['Label'], ParentType, ContextType>;
  b?: Resolver<ResolversTypes['Label'], ParentType, ContextType>;
  similarity?: Resolver<ResolversTypes['Float'], ParentType, ContextType>;
};

export interface LanguageTagScalarConfig extends GraphQLScalarTypeConfig<ResolversTypes['LanguageTag'], any> {
  name: 'LanguageTag';
}

export type LatencyPercentilesResolvers<ContextType = Context, ParentType extends ResolversParentTypes['LatencyPercentiles'] = ResolversParentTypes['LatencyPercentiles']> = {
  p50Ms?: Resolver<ResolversTypes['Float'], ParentType, ContextType>;
  p95Ms?: Resolver<ResolversTypes['Float'], ParentType, ContextType>;
  p99Ms?: Resolver<ResolversTypes['Float'], ParentType, ContextType>;
};

export type LocalizedTextResolvers<ContextType = Context, ParentType extends ResolversParentTypes['LocalizedText'] = ResolversParentTypes['LocalizedText']> = {
  language?: Resolver<ResolversTypes['LanguageTag'], ParentType, ContextType>;
  text?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
};

export type MappedImageResolvers<ContextType = Context, ParentType extends ResolversParentTypes['MappedImage'] = ResolversParentTypes['MappedImage']> = {
  metadata?: Resolver<Maybe<ResolversTypes['JSONObject']>, ParentType, ContextType>;
  reference?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  url?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
};

export type ModelResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Model'] = ResolversParentTypes['Model']> = {
  activation?: Resolver<ResolversTypes['Activation'], ParentType, ContextType>;
  contextLength?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  dimension?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  id?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  isDemonstration?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  languages?: Resolver<Array<ResolversTypes['LanguageTag']>, ParentType, ContextType>;
  licence?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  licenceNotice?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  logitScale?: Resolver<ResolversTypes['Float'], ParentType, ContextType>;
  maxBatchSize?: Resolver<Maybe<ResolversTypes['Int']>, ParentType, ContextType>;
  name?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  provider?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  revision?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  state?: Resolver<ResolversTypes['ModelState'], ParentType, ContextType>;
};

export type MoveLabelsPayloadResolvers<ContextType = Context, ParentType extends ResolversParentTypes['MoveLabelsPayload'] = ResolversParentTypes['MoveLabelsPayload']> = {
  taxonomy?: Resolver<Maybe<ResolversTypes['Taxonomy']>, ParentType, ContextType>;
  userErrors?: Resolver<Array<ResolversTypes['UserError']>, ParentType, ContextType>;
};

export type MutationResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Mutation'] = ResolversParentTypes['Mutation']> = {
  archiveTaxonomy?: Resolver<ResolversTypes['ArchiveTaxonomyPayload'], ParentType, ContextType, RequireFields<MutationArchiveTaxonomyArgs, 'input'>>;
  cancelClassificationJob?: Resolver<ResolversTypes['CancelClassificationJobPayload'], ParentType, ContextType, RequireFields<MutationCancelClassificationJobArgs, 'input'>>;
  classifyImages?: Resolver<ResolversTypes['ClassifyImagesPayload'], ParentType, ContextType, RequireFields<MutationClassifyImagesArgs, 'input'>>;
  createAccessToken?: Resolver<ResolversTypes['CreateAccessTokenPayload'], ParentType, ContextType, RequireFields<MutationCreateAccessTokenArgs, 'input'>>;
  createApiKey?: Resolver<ResolversTypes['CreateApiKeyPayload'], ParentType, ContextType, RequireFields<MutationCreateApiKeyArgs, 'input'>>;
  createClassificationJob?: Resolver<ResolversTypes['CreateClassificationJobPayload'], ParentType, ContextType, RequireFields<MutationCreateClassificationJobArgs, 'input'>>;
  createInboundHook?: Resolver<ResolversTypes['CreateInboundHookPayload'], ParentType, ContextType, RequireFields<MutationCreateInboundHookArgs, 'input'>>;
  createTaxonomy?: Resolver<ResolversTypes['CreateTaxonomyPayload'], ParentType, ContextType, RequireFields<MutationCreateTaxonomyArgs, 'input'>>;
  createTenant?: Resolver<ResolversTypes['CreateTenantPayload'], ParentType, ContextType, RequireFields<MutationCreateTenantArgs, 'input'>>;
  createWebhookEndpoint?: Resolver<ResolversTypes['CreateWebhookEndpointPayload'], ParentType, ContextType, RequireFields<MutationCreateWebhookEndpointArgs, 'input'>>;
  deleteInboundHook?: Resolver<ResolversTypes['DeleteInboundHookPayload'], ParentType, ContextType, RequireFields<MutationDeleteInboundHookArgs, 'input'>>;
  deleteWebhookEndpoint?: Resolver<ResolversTypes['DeleteWebhookEndpointPayload'], ParentType, ContextType, RequireFields<MutationDeleteWebhookEndpointArgs, 'input'>>;
  exportLabels?: Resolver<ResolversTypes['ExportLabelsPayload'], ParentType, ContextType, RequireFields<MutationExportLabelsArgs, 'input'>>;
  importLabels?: Resolver<ResolversTypes['ImportLabelsPayload'], ParentType, ContextType, RequireFields<MutationImportLabelsArgs, 'input'>>;
  moveLabels?: Resolver<ResolversTypes['MoveLabelsPayload'], ParentType, ContextType, RequireFields<MutationMoveLabelsArgs, 'input'>>;
  previewImages?: Resolver<ResolversTypes['PreviewImagesPayload'], ParentType, ContextType, RequireFields<MutationPreviewImagesArgs, 'input'>>;
  publishTaxonomy?: Resolver<ResolversTypes['PublishTaxonomyPayload'], ParentType, ContextType, RequireFields<MutationPublishTaxonomyArgs, 'input'>>;
  reclassify?: Resolver<ResolversTypes['ReclassifyPayload'], ParentType, ContextType, RequireFields<MutationReclassifyArgs, 'input'>>;
  redeliver?: Resolver<ResolversTypes['RedeliverPayload'], ParentType, ContextType, RequireFields<MutationRedeliverArgs, 'input'>>;
  removeLabels?: Resolver<ResolversTypes['RemoveLabelsPayload'], ParentType, ContextType, RequireFields<MutationRemoveLabelsArgs, 'input'>>;
  restoreTaxonomyVersion?: Resolver<ResolversTypes['RestoreTaxonomyVersionPayload'], ParentType, ContextType, RequireFields<MutationRestoreTaxonomyVersionArgs, 'input'>>;
  retryClassificationJob?: Resolver<ResolversTypes['RetryClassificationJobPayload'], ParentType, ContextType, RequireFields<MutationRetryClassificationJobArgs, 'input'>>;
  revokeApiKey?: Resolver<ResolversTypes['RevokeApiKeyPayload'], ParentType, ContextType, RequireFields<MutationRevokeApiKeyArgs, 'input'>>;
  rotateApiKey?: Resolver<ResolversTypes['RotateApiKeyPayload'], ParentType, ContextType, RequireFields<MutationRotateApiKeyArgs, 'input'>>;
  rotateInboundHookSecret?: Resolver<ResolversTypes['RotateInboundHookSecretPayload'], ParentType, ContextType, RequireFields<MutationRotateInboundHookSecretArgs, 'input'>>;
  rotateWebhookSecret?: Resolver<ResolversTypes['RotateWebhookSecretPayload'], ParentType, ContextType, RequireFields<MutationRotateWebhookSecretArgs, 'input'>>;
  sendTestEvent?: Resolver<ResolversTypes['SendTestEventPayload'], ParentType, ContextType, RequireFields<MutationSendTestEventArgs, 'input'>>;
  setPromptTemplates?: Resolver<ResolversTypes['SetPromptTemplatesPayload'], ParentType, ContextType, RequireFields<MutationSetPromptTemplatesArgs, 'input'>>;
  updateInboundHook?: Resolver<ResolversTypes['UpdateInboundHookPayload'], ParentType, ContextType, RequireFields<MutationUpdateInboundHookArgs, 'input'>>;
  updateTaxonomy?: Resolver<ResolversTypes['UpdateTaxonomyPayload'], ParentType, ContextType, RequireFields<MutationUpdateTaxonomyArgs, 'input'>>;
  updateTenant?: Resolver<ResolversTypes['UpdateTenantPayload'], ParentType, ContextType, RequireFields<MutationUpdateTenantArgs, 'input'>>;
  updateWebhookEndpoint?: Resolver<ResolversTypes['UpdateWebhookEndpointPayload'], ParentType, ContextType, RequireFields<MutationUpdateWebhookEndpointArgs, 'input'>>;
  upsertLabels?: Resolver<ResolversTypes['UpsertLabelsPayload'], ParentType, ContextType, RequireFields<MutationUpsertLabelsArgs, 'input'>>;
};

export type NewApiKeyResolvers<ContextType = Context, ParentType extends ResolversParentTypes['NewApiKey'] = ResolversParentTypes['NewApiKey']> = {
  apiKey?: Resolver<ResolversTypes['ApiKey'], ParentType, ContextType>;
  secret?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
};

export type NodeResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Node'] = ResolversParentTypes['Node']> = {
  __resolveType: TypeResolveFn<'ApiKey' | 'Classification' | 'ClassificationJob' | 'InboundHook' | 'InboundMessage' | 'Label' | 'Taxonomy' | 'TaxonomyVersion' | 'Tenant' | 'WebhookDelivery' | 'WebhookEndpoint' | 'WebhookEvent', ParentType, ContextType>;
};

export type PageInfoResolvers<ContextType = Context, ParentType extends ResolversParentTypes['PageInfo'] = ResolversParentTypes['PageInfo']> = {
  endCursor?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  hasNextPage?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  hasPreviousPage?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  startCursor?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
};

export type PredictionResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Prediction'] = ResolversParentTypes['Prediction']> = {
  label?: Resolver<ResolversTypes['Label'], ParentType, ContextType>;
  name?: Resolver<ResolversTypes['String'], ParentType, ContextType, Partial<PredictionNameArgs>>;
  path?: Resolver<Array<ResolversTypes['Label']>, ParentType, ContextType>;
  promptLanguage?: Resolver<ResolversTypes['LanguageTag'], ParentType, ContextType>;
  score?: Resolver<ResolversTypes['Float'], ParentType, ContextType>;
  similarity?: Resolver<ResolversTypes['Float'], ParentType, ContextType>;
};

export type PreviewResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Preview'] = ResolversParentTypes['Preview']> = {
  predictions?: Resolver<Array<ResolversTypes['PreviewPrediction']>, ParentType, ContextType>;
  timing?: Resolver<ResolversTypes['ClassificationTiming'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type PreviewImagesPayloadResolvers<ContextType = Context, ParentType extends ResolversParentTypes['PreviewImagesPayload'] = ResolversParentTypes['PreviewImagesPayload']> = {
  cachedPrompts?: Resolver<Maybe<ResolversTypes['Int']>, ParentType, ContextType>;
  draftRevision?: Resolver<Maybe<ResolversTypes['Int']>, ParentType, ContextType>;
  embeddedPrompts?: Resolver<Maybe<ResolversTypes['Int']>, ParentType, ContextType>;
  promptLanguage?: Resolver<Maybe<ResolversTypes['LanguageTag']>, ParentType, ContextType>;
  results?: Resolver<Array<ResolversTypes['PreviewResult']>, ParentType, ContextType>;
  userErrors?: Resolver<Array<ResolversTypes['UserError']>, ParentType, ContextType>;
};

export type PreviewOutcomeResolvers<ContextType = Context, ParentType extends ResolversParentTypes['PreviewOutcome'] = ResolversParentTypes['PreviewOutcome']> = {
  __resolveType: TypeResolveFn<'ClassificationError' | 'Preview', ParentType, ContextType>;
};

export type PreviewPredictionResolvers<ContextType = Context, ParentType extends ResolversParentTypes['PreviewPrediction'] = ResolversParentTypes['PreviewPrediction']> = {
  label?: Resolver<ResolversTypes['Label'], ParentType, ContextType>;
  name?: Resolver<ResolversTypes['String'], ParentType, ContextType, Partial<PreviewPredictionNameArgs>>;
  promptLanguage?: Resolver<ResolversTypes['LanguageTag'], ParentType, ContextType>;
  score?: Resolver<ResolversTypes['Float'], ParentType, ContextType>;
  similarity?: Resolver<ResolversTypes['Float'], ParentType, ContextType>;
};

export type PreviewResultResolvers<ContextType = Context, ParentType extends ResolversParentTypes['PreviewResult'] = ResolversParentTypes['PreviewResult']> = {
  image?: Resolver<Maybe<ResolversTypes['ImageInfo']>, ParentType, ContextType>;
  index?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  outcome?: Resolver<ResolversTypes['PreviewOutcome'], ParentType, ContextType>;
  reference?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
};

export type PromptTemplateResolvers<ContextType = Context, ParentType extends ResolversParentTypes['PromptTemplate'] = ResolversParentTypes['PromptTemplate']> = {
  language?: Resolver<ResolversTypes['LanguageTag'], ParentType, ContextType>;
  text?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
};

export type PublishTaxonomyPayloadResolvers<ContextType = Context, ParentType extends ResolversParentTypes['PublishTaxonomyPayload'] = ResolversParentTypes['PublishTaxonomyPayload']> = {
  cachedPrompts?: Resolver<Maybe<ResolversTypes['Int']>, ParentType, ContextType>;
  embeddedPrompts?: Resolver<Maybe<ResolversTypes['Int']>, ParentType, ContextType>;
  taxonomy?: Resolver<Maybe<ResolversTypes['Taxonomy']>, ParentType, ContextType>;
  userErrors?: Resolver<Array<ResolversTypes['UserError']>, ParentType, ContextType>;
  version?: Resolver<Maybe<ResolversTypes['TaxonomyVersion']>, ParentType, ContextType>;
  warnings?: Resolver<Array<ResolversTypes['PublishWarning']>, ParentType, ContextType>;
};

export type PublishWarningResolvers<ContextType = Context, ParentType extends ResolversParentTypes['PublishWarning'] = ResolversParentTypes['PublishWarning']> = {
  code?: Resolver<ResolversTypes['PublishWarningCode'], ParentType, ContextType>;
  labelKeys?: Resolver<Array<ResolversTypes['String']>, ParentType, ContextType>;
  message?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
};

export type QueryResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Query'] = ResolversParentTypes['Query']> = {
  apiKeys?: Resolver<ResolversTypes['ApiKeyConnection'], ParentType, ContextType, RequireFields<QueryApiKeysArgs, 'orderBy'>>;
  classification?: Resolver<Maybe<ResolversTypes['Classification']>, ParentType, ContextType, RequireFields<QueryClassificationArgs, 'id'>>;
  classificationJob?: Resolver<Maybe<ResolversTypes['ClassificationJob']>, ParentType, ContextType, RequireFields<QueryClassificationJobArgs, 'id'>>;
  classificationStats?: Resolver<ResolversTypes['ClassificationStats'], ParentType, ContextType, RequireFields<QueryClassificationStatsArgs, 'by' | 'from' | 'to'>>;
  classifications?: Resolver<ResolversTypes['ClassificationConnection'], ParentType, ContextType, RequireFields<QueryClassificationsArgs, 'orderBy'>>;
  inboundHooks?: Resolver<ResolversTypes['InboundHookConnection'], ParentType, ContextType, Partial<QueryInboundHooksArgs>>;
  models?: Resolver<Array<ResolversTypes['Model']>, ParentType, ContextType>;
  node?: Resolver<Maybe<ResolversTypes['Node']>, ParentType, ContextType, RequireFields<QueryNodeArgs, 'id'>>;
  nodes?: Resolver<Array<Maybe<ResolversTypes['Node']>>, ParentType, ContextType, RequireFields<QueryNodesArgs, 'ids'>>;
  taxonomies?: Resolver<ResolversTypes['TaxonomyConnection'], ParentType, ContextType, RequireFields<QueryTaxonomiesArgs, 'orderBy'>>;
  taxonomy?: Resolver<Maybe<ResolversTypes['Taxonomy']>, ParentType, ContextType, RequireFields<QueryTaxonomyArgs, 'by'>>;
  tenant?: Resolver<Maybe<ResolversTypes['Tenant']>, ParentType, ContextType>;
  tenants?: Resolver<ResolversTypes['TenantConnection'], ParentType, ContextType, RequireFields<QueryTenantsArgs, 'orderBy'>>;
  usage?: Resolver<ResolversTypes['Usage'], ParentType, ContextType, RequireFields<QueryUsageArgs, 'by' | 'from' | 'to'>>;
  viewer?: Resolver<ResolversTypes['Viewer'], ParentType, ContextType>;
  webhookDeliveries?: Resolver<ResolversTypes['WebhookDeliveryConnection'], ParentType, ContextType, Partial<QueryWebhookDeliveriesArgs>>;
  webhookEndpoints?: Resolver<ResolversTypes['WebhookEndpointConnection'], ParentType, ContextType, Partial<QueryWebhookEndpointsArgs>>;
};

export type ReclassifyPayloadResolvers<ContextType = Context, ParentType extends ResolversParentTypes['ReclassifyPayload'] = ResolversParentTypes['ReclassifyPayload']> = {
  job?: Resolver<Maybe<ResolversTypes['ClassificationJob']>, ParentType, ContextType>;
  userErrors?: Resolver<Array<ResolversTypes['UserError']>, ParentType, ContextType>;
};

export type RedeliverPayloadResolvers<ContextType = Context, ParentType extends ResolversParentTypes['RedeliverPayload'] = ResolversParentTypes['RedeliverPayload']> = {
  redeliveredCount?: Resolver<Maybe<ResolversTypes['Int']>, ParentType, ContextType>;
  userErrors?: Resolver<Array<ResolversTypes['UserError']>, ParentType, ContextType>;
};

export type RemoveLabelsPayloadResolvers<ContextType = Context, ParentType extends ResolversParentTypes['RemoveLabelsPayload'] = ResolversParentTypes['RemoveLabelsPayload']> = {
  removedCount?: Resolver<Maybe<ResolversTypes['Int']>, ParentType, ContextType>;
  taxonomy?: Resolver<Maybe<ResolversTypes['Taxonomy']>, ParentType, ContextType>;
  userErrors?: Resolver<Array<ResolversTypes['UserError']>, ParentType, ContextType>;
};

export type RestoreTaxonomyVersionPayloadResolvers<ContextType = Context, ParentType extends ResolversParentTypes['RestoreTaxonomyVersionPayload'] = ResolversParentTypes['RestoreTaxonomyVersionPayload']> = {
  taxonomy?: Resolver<Maybe<ResolversTypes['Taxonomy']>, ParentType, ContextType>;
  userErrors?: Resolver<Array<ResolversTypes['UserError']>, ParentType, ContextType>;
};

export type RetryClassificationJobPayloadResolvers<ContextType = Context, ParentType extends ResolversParentTypes['RetryClassificationJobPayload'] = ResolversParentTypes['RetryClassificationJobPayload']> = {
  job?: Resolver<Maybe<ResolversTypes['ClassificationJob']>, ParentType, ContextType>;
  userErrors?: Resolver<Array<ResolversTypes['UserError']>, ParentType, ContextType>;
};

export type RevokeApiKeyPayloadResolvers<ContextType = Context, ParentType extends ResolversParentTypes['RevokeApiKeyPayload'] = ResolversParentTypes['RevokeApiKeyPayload']> = {
  apiKey?: Resolver<Maybe<ResolversTypes['ApiKey']>, ParentType, ContextType>;
  userErrors?: Resolver<Array<ResolversTypes['UserError']>, ParentType, ContextType>;
};

export type RotateApiKeyPayloadResolvers<ContextType = Context, ParentType extends ResolversParentTypes['RotateApiKeyPayload'] = ResolversParentTypes['RotateApiKeyPayload']> = {
  apiKey?: Resolver<Maybe<ResolversTypes['ApiKey']>, ParentType, ContextType>;
  secret?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  userErrors?: Resolver<Array<ResolversTypes['UserError']>, ParentType, ContextType>;
};

export type RotateInboundHookSecretPayloadResolvers<ContextType = Context, ParentType extends ResolversParentTypes['RotateInboundHookSecretPayload'] = ResolversParentTypes['RotateInboundHookSecretPayload']> = {
  hook?: Resolver<Maybe<ResolversTypes['InboundHook']>, ParentType, ContextType>;
  secret?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  userErrors?: Resolver<Array<ResolversTypes['UserError']>, ParentType, ContextType>;
};

export type RotateWebhookSecretPayloadResolvers<ContextType = Context, ParentType extends ResolversParentTypes['RotateWebhookSecretPayload'] = ResolversParentTypes['RotateWebhookSecretPayload']> = {
  endpoint?: Resolver<Maybe<ResolversTypes['WebhookEndpoint']>, ParentType, ContextType>;
  secret?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  userErrors?: Resolver<Array<ResolversTypes['UserError']>, ParentType, ContextType>;
};

export type SendTestEventPayloadResolvers<ContextType = Context, ParentType extends ResolversParentTypes['SendTestEventPayload'] = ResolversParentTypes['SendTestEventPayload']> = {
  delivery?: Resolver<Maybe<ResolversTypes['WebhookDelivery']>, ParentType, ContextType>;
  userErrors?: Resolver<Array<ResolversTypes['UserError']>, ParentType, ContextType>;
};

export type SetPromptTemplatesPayloadResolvers<ContextType = Context, ParentType extends ResolversParentTypes['SetPromptTemplatesPayload'] = ResolversParentTypes['SetPromptTemplatesPayload']> = {
  taxonomy?: Resolver<Maybe<ResolversTypes['Taxonomy']>, ParentType, ContextType>;
  userErrors?: Resolver<Array<ResolversTypes['UserError']>, ParentType, ContextType>;
};

export type SubscriptionResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Subscription'] = ResolversParentTypes['Subscription']> = {
  classificationCreated?: SubscriptionResolver<ResolversTypes['Classification'], "classificationCreated", ParentType, ContextType, RequireFields<SubscriptionClassificationCreatedArgs, 'taxonomyId'>>;
  classificationJobProgress?: SubscriptionResolver<ResolversTypes['ClassificationJob'], "classificationJobProgress", ParentType, ContextType, RequireFields<SubscriptionClassificationJobProgressArgs, 'id'>>;
  taxonomyVersionProgress?: SubscriptionResolver<ResolversTypes['TaxonomyVersion'], "taxonomyVersionProgress", ParentType, ContextType, RequireFields<SubscriptionTaxonomyVersionProgressArgs, 'id'>>;
};

export type TaxonomyResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Taxonomy'] = ResolversParentTypes['Taxonomy']> = {
  archivedAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  createdAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  defaultLanguage?: Resolver<ResolversTypes['LanguageTag'], ParentType, ContextType>;
  description?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  draft?: Resolver<ResolversTypes['TaxonomyDraft'], ParentType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  latestVersion?: Resolver<Maybe<ResolversTypes['TaxonomyVersion']>, ParentType, ContextType>;
  modelId?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  name?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  updatedAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  versions?: Resolver<ResolversTypes['TaxonomyVersionConnection'], ParentType, ContextType, RequireFields<TaxonomyVersionsArgs, 'orderBy'>>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type TaxonomyConnectionResolvers<ContextType = Context, ParentType extends ResolversParentTypes['TaxonomyConnection'] = ResolversParentTypes['TaxonomyConnection']> = {
  edges?: Resolver<Array<ResolversTypes['TaxonomyEdge']>, ParentType, ContextType>;
  nodes?: Resolver<Array<ResolversTypes['Taxonomy']>, ParentType, ContextType>;
  pageInfo?: Resolver<ResolversTypes['PageInfo'], ParentType, ContextType>;
  totalCount?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
};

export type TaxonomyDifferenceResolvers<ContextType = Context, ParentType extends ResolversParentTypes['TaxonomyDifference'] = ResolversParentTypes['TaxonomyDifference']> = {
  addedCount?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  addedPromptTemplates?: Resolver<Array<ResolversTypes['PromptTemplate']>, ParentType, ContextType>;
  descriptionChangedCount?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  labels?: Resolver<ResolversTypes['LabelDifferenceConnection'], ParentType, ContextType, Partial<TaxonomyDifferenceLabelsArgs>>;
  movedCount?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  orderChanged?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  removedCount?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  removedPromptTemplates?: Resolver<Array<ResolversTypes['PromptTemplate']>, ParentType, ContextType>;
  renamedCount?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  synonymsChangedCount?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
};

export type TaxonomyDraftResolvers<ContextType = Context, ParentType extends ResolversParentTypes['TaxonomyDraft'] = ResolversParentTypes['TaxonomyDraft']> = {
  changes?: Resolver<ResolversTypes['TaxonomyDifference'], ParentType, ContextType>;
  labelCount?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  labels?: Resolver<ResolversTypes['LabelConnection'], ParentType, ContextType, Partial<TaxonomyDraftLabelsArgs>>;
  promptTemplates?: Resolver<Array<ResolversTypes['PromptTemplate']>, ParentType, ContextType>;
  revision?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
};

export type TaxonomyEdgeResolvers<ContextType = Context, ParentType extends ResolversParentTypes['TaxonomyEdge'] = ResolversParentTypes['TaxonomyEdge']> = {
  cursor?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  node?: Resolver<ResolversTypes['Taxonomy'], ParentType, ContextType>;
};

export type TaxonomyVersionResolvers<ContextType = Context, ParentType extends ResolversParentTypes['TaxonomyVersion'] = ResolversParentTypes['TaxonomyVersion']> = {
  changesSince?: Resolver<ResolversTypes['TaxonomyDifference'], ParentType, ContextType, RequireFields<TaxonomyVersionChangesSinceArgs, 'number'>>;
  createdAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  defaultLanguage?: Resolver<ResolversTypes['LanguageTag'], ParentType, ContextType>;
  failure?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  labelConfusion?: Resolver<Array<ResolversTypes['LabelPair']>, ParentType, ContextType, RequireFields<TaxonomyVersionLabelConfusionArgs, 'first'>>;
  labelCount?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  labels?: Resolver<ResolversTypes['LabelConnection'], ParentType, ContextType, Partial<TaxonomyVersionLabelsArgs>>;
  modelId?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  modelRevision?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  note?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  number?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  progress?: Resolver<ResolversTypes['EmbeddingProgress'], ParentType, ContextType>;
  promptLanguages?: Resolver<Array<ResolversTypes['LanguageTag']>, ParentType, ContextType>;
  promptTemplates?: Resolver<Array<ResolversTypes['PromptTemplate']>, ParentType, ContextType>;
  publishedAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  state?: Resolver<ResolversTypes['TaxonomyVersionState'], ParentType, ContextType>;
  taxonomy?: Resolver<ResolversTypes['Taxonomy'], ParentType, ContextType>;
  warnings?: Resolver<Array<ResolversTypes['PublishWarning']>, ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type TaxonomyVersionConnectionResolvers<ContextType = Context, ParentType extends ResolversParentTypes['TaxonomyVersionConnection'] = ResolversParentTypes['TaxonomyVersionConnection']> = {
  edges?: Resolver<Array<ResolversTypes['TaxonomyVersionEdge']>, ParentType, ContextType>;
  nodes?: Resolver<Array<ResolversTypes['TaxonomyVersion']>, ParentType, ContextType>;
  pageInfo?: Resolver<ResolversTypes['PageInfo'], ParentType, ContextType>;
};

export type TaxonomyVersionEdgeResolvers<ContextType = Context, ParentType extends ResolversParentTypes['TaxonomyVersionEdge'] = ResolversParentTypes['TaxonomyVersionEdge']> = {
  cursor?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  node?: Resolver<ResolversTypes['TaxonomyVersion'], ParentType, ContextType>;
};

export type TenantResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Tenant'] = ResolversParentTypes['Tenant']> = {
  createdAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  name?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  quotas?: Resolver<Maybe<ResolversTypes['TenantQuotas']>, ParentType, ContextType>;
  retention?: Resolver<Maybe<ResolversTypes['TenantRetention']>, ParentType, ContextType>;
  trustedDocumentsOnly?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  usage?: Resolver<Maybe<ResolversTypes['TenantUsage']>, ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type TenantConnectionResolvers<ContextType = Context, ParentType extends ResolversParentTypes['TenantConnection'] = ResolversParentTypes['TenantConnection']> = {
  edges?: Resolver<Array<ResolversTypes['TenantEdge']>, ParentType, ContextType>;
  nodes?: Resolver<Array<ResolversTypes['Tenant']>, ParentType, ContextType>;
  pageInfo?: Resolver<ResolversTypes['PageInfo'], ParentType, ContextType>;
};

export type TenantEdgeResolvers<ContextType = Context, ParentType extends ResolversParentTypes['TenantEdge'] = ResolversParentTypes['TenantEdge']> = {
  cursor?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  node?: Resolver<ResolversTypes['Tenant'], ParentType, ContextType>;
};

export type TenantQuotasResolvers<ContextType = Context, ParentType extends ResolversParentTypes['TenantQuotas'] = ResolversParentTypes['TenantQuotas']> = {
  imagesPerMinute?: Resolver<Maybe<ResolversTypes['Int']>, ParentType, ContextType>;
  imagesPerMonth?: Resolver<Maybe<ResolversTypes['Int']>, ParentType, ContextType>;
};

export type TenantRetentionResolvers<ContextType = Context, ParentType extends ResolversParentTypes['TenantRetention'] = ResolversParentTypes['TenantRetention']> = {
  classificationsDays?: Resolver<Maybe<ResolversTypes['Int']>, ParentType, ContextType>;
  imageEmbeddingsDays?: Resolver<Maybe<ResolversTypes['Int']>, ParentType, ContextType>;
  imagesDays?: Resolver<Maybe<ResolversTypes['Int']>, ParentType, ContextType>;
};

export type TenantUsageResolvers<ContextType = Context, ParentType extends ResolversParentTypes['TenantUsage'] = ResolversParentTypes['TenantUsage']> = {
  classificationsThisMonth?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  imagesLeftNow?: Resolver<Maybe<ResolversTypes['Int']>, ParentType, ContextType>;
  imagesThisMonth?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  resetsAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
};

export interface UrlScalarConfig extends GraphQLScalarTypeConfig<ResolversTypes['URL'], any> {
  name: 'URL';
}

export type UpdateInboundHookPayloadResolvers<ContextType = Context, ParentType extends ResolversParentTypes['UpdateInboundHookPayload'] = ResolversParentTypes['UpdateInboundHookPayload']> = {
  hook?: Resolver<Maybe<ResolversTypes['InboundHook']>, ParentType, ContextType>;
  mappedImages?: Resolver<Maybe<Array<ResolversTypes['MappedImage']>>, ParentType, ContextType>;
  userErrors?: Resolver<Array<ResolversTypes['UserError']>, ParentType, ContextType>;
};

export type UpdateTaxonomyPayloadResolvers<ContextType = Context, ParentType extends ResolversParentTypes['UpdateTaxonomyPayload'] = ResolversParentTypes['UpdateTaxonomyPayload']> = {
  taxonomy?: Resolver<Maybe<ResolversTypes['Taxonomy']>, ParentType, ContextType>;
  userErrors?: Resolver<Array<ResolversTypes['UserError']>, ParentType, ContextType>;
};

export type UpdateTenantPayloadResolvers<ContextType = Context, ParentType extends ResolversParentTypes['UpdateTenantPayload'] = ResolversParentTypes['UpdateTenantPayload']> = {
  tenant?: Resolver<Maybe<ResolversTypes['Tenant']>, ParentType, ContextType>;
  userErrors?: Resolver<Array<ResolversTypes['UserError']>, ParentType, ContextType>;
};

export type UpdateWebhookEndpointPayloadResolvers<ContextType = Context, ParentType extends ResolversParentTypes['UpdateWebhookEndpointPayload'] = ResolversParentTypes['UpdateWebhookEndpointPayload']> = {
  endpoint?: Resolver<Maybe<ResolversTypes['WebhookEndpoint']>, ParentType, ContextType>;
  userErrors?: Resolver<Array<ResolversTypes['UserError']>, ParentType, ContextType>;
};

export interface UploadScalarConfig extends GraphQLScalarTypeConfig<ResolversTypes['Upload'], any> {
  name: 'Upload';
}

export type UpsertLabelsPayloadResolvers<ContextType = Context, ParentType extends ResolversParentTypes['UpsertLabelsPayload'] = ResolversParentTypes['UpsertLabelsPayload']> = {
  taxonomy?: Resolver<Maybe<ResolversTypes['Taxonomy']>, ParentType, ContextType>;
  userErrors?: Resolver<Array<ResolversTypes['UserError']>, ParentType, ContextType>;
};

export type UsageResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Usage'] = ResolversParentTypes['Usage']> = {
  groups?: Resolver<Array<ResolversTypes['UsageGroup']>, ParentType, ContextType>;
  total?: Resolver<ResolversTypes['UsageGroup'], ParentType, ContextType>;
};

export type UsageGroupResolvers<ContextType = Context, ParentType extends ResolversParentTypes['UsageGroup'] = ResolversParentTypes['UsageGroup']> = {
  apiKey?: Resolver<Maybe<ResolversTypes['ApiKey']>, ParentType, ContextType>;
  classifications?: Resolver<ResolversTypes['Float'], ParentType, ContextType>;
  images?: Resolver<ResolversTypes['Float'], ParentType, ContextType>;
  inboundHook?: Resolver<Maybe<ResolversTypes['InboundHook']>, ParentType, ContextType>;
  modelId?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  start?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
};

export type UserErrorResolvers<ContextType = Context, ParentType extends ResolversParentTypes['UserError'] = ResolversParentTypes['UserError']> = {
  code?: Resolver<ResolversTypes['ErrorCode'], ParentType, ContextType>;
  details?: Resolver<Maybe<ResolversTypes['JSONObject']>, ParentType, ContextType>;
  message?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  path?: Resolver<Array<ResolversTypes['String']>, ParentType, ContextType>;
};

export type ViewerResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Viewer'] = ResolversParentTypes['Viewer']> = {
  accessToken?: Resolver<Maybe<ResolversTypes['AccessToken']>, ParentType, ContextType>;
  apiKey?: Resolver<Maybe<ResolversTypes['ApiKey']>, ParentType, ContextType>;
  isOperator?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  scopes?: Resolver<Array<ResolversTypes['Scope']>, ParentType, ContextType>;
  tenant?: Resolver<Maybe<ResolversTypes['Tenant']>, ParentType, ContextType>;
};

export type WebhookDeliveryResolvers<ContextType = Context, ParentType extends ResolversParentTypes['WebhookDelivery'] = ResolversParentTypes['WebhookDelivery']> = {
  attemptCount?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  attempts?: Resolver<Array<ResolversTypes['DeliveryAttempt']>, ParentType, ContextType>;
  createdAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  endpoint?: Resolver<ResolversTypes['WebhookEndpoint'], ParentType, ContextType>;
  event?: Resolver<ResolversTypes['WebhookEvent'], ParentType, ContextType>;
  failure?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  finishedAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  nextAttemptAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  state?: Resolver<ResolversTypes['WebhookDeliveryState'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type WebhookDeliveryConnectionResolvers<ContextType = Context, ParentType extends ResolversParentTypes['WebhookDeliveryConnection'] = ResolversParentTypes['WebhookDeliveryConnection']> = {
  edges?: Resolver<Array<ResolversTypes['WebhookDeliveryEdge']>, ParentType, ContextType>;
  nodes?: Resolver<Array<ResolversTypes['WebhookDelivery']>, ParentType, ContextType>;
  pageInfo?: Resolver<ResolversTypes['PageInfo'], ParentType, ContextType>;
};

export type WebhookDeliveryEdgeResolvers<ContextType = Context, ParentType extends ResolversParentTypes['WebhookDeliveryEdge'] = ResolversParentTypes['WebhookDeliveryEdge']> = {
  cursor?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  node?: Resolver<ResolversTypes['WebhookDelivery'], ParentType, ContextType>;
};

export type WebhookEndpointResolvers<ContextType = Context, ParentType extends ResolversParentTypes['WebhookEndpoint'] = ResolversParentTypes['WebhookEndpoint']> = {
  createdAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  description?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  disabledAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  eventTypes?: Resolver<Array<ResolversTypes['WebhookEventType']>, ParentType, ContextType>;
  failingSince?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  filter?: Resolver<Maybe<ResolversTypes['WebhookFilter']>, ParentType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  isEnabled?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  notice?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  payloadVersion?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  previousSecretExpiresAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  selection?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  updatedAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  url?: Resolver<ResolversTypes['URL'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type WebhookEndpointConnectionResolvers<ContextType = Context, ParentType extends ResolversParentTypes['WebhookEndpointConnection'] = ResolversParentTypes['WebhookEndpointConnection']> = {
  edges?: Resolver<Array<ResolversTypes['WebhookEndpointEdge']>, ParentType, ContextType>;
  nodes?: Resolver<Array<ResolversTypes['WebhookEndpoint']>, ParentType, ContextType>;
  pageInfo?: Resolver<ResolversTypes['PageInfo'], ParentType, ContextType>;
};

export type WebhookEndpointEdgeResolvers<ContextType = Context, ParentType extends ResolversParentTypes['WebhookEndpointEdge'] = ResolversParentTypes['WebhookEndpointEdge']> = {
  cursor?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  node?: Resolver<ResolversTypes['WebhookEndpoint'], ParentType, ContextType>;
};

export type WebhookEventResolvers<ContextType = Context, ParentType extends ResolversParentTypes['WebhookEvent'] = ResolversParentTypes['WebhookEvent']> = {
  createdAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  data?: Resolver<ResolversTypes['JSONObject'], ParentType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  type?: Resolver<ResolversTypes['WebhookEventType'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type WebhookFilterResolvers<ContextType = Context, ParentType extends ResolversParentTypes['WebhookFilter'] = ResolversParentTypes['WebhookFilter']> = {
  labelKey?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  minScore?: Resolver<Maybe<ResolversTypes['Float']>, ParentType, ContextType>;
  taxonomyId?: Resolver<Maybe<ResolversTypes['ID']>, ParentType, ContextType>;
};

export type WebhookRequestResolvers<ContextType = Context, ParentType extends ResolversParentTypes['WebhookRequest'] = ResolversParentTypes['WebhookRequest']> = {
  body?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  headers?: Resolver<ResolversTypes['JSONObject'], ParentType, ContextType>;
  url?: Resolver<ResolversTypes['URL'], ParentType, ContextType>;
};

export type WebhookResponseResolvers<ContextType = Context, ParentType extends ResolversParentTypes['WebhookResponse'] = ResolversParentTypes['WebhookResponse']> = {
  body?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  headers?: Resolver<ResolversTypes['JSONObject'], ParentType, ContextType>;
  status?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
};

export type Resolvers<ContextType = Context> = {
  AccessToken?: AccessTokenResolvers<ContextType>;
  ApiKey?: ApiKeyResolvers<ContextType>;
  ApiKeyConnection?: ApiKeyConnectionResolvers<ContextType>;
  ApiKeyEdge?: ApiKeyEdgeResolvers<ContextType>;
  ArchiveTaxonomyPayload?: ArchiveTaxonomyPayloadResolvers<ContextType>;
  CancelClassificationJobPayload?: CancelClassificationJobPayloadResolvers<ContextType>;
  Classification?: ClassificationResolvers<ContextType>;
  ClassificationConnection?: ClassificationConnectionResolvers<ContextType>;
  ClassificationEdge?: ClassificationEdgeResolvers<ContextType>;
  ClassificationError?: ClassificationErrorResolvers<ContextType>;
  ClassificationJob?: ClassificationJobResolvers<ContextType>;
  ClassificationJobCounts?: ClassificationJobCountsResolvers<ContextType>;
  ClassificationJobItem?: ClassificationJobItemResolvers<ContextType>;
  ClassificationJobItemConnection?: ClassificationJobItemConnectionResolvers<ContextType>;
  ClassificationJobItemEdge?: ClassificationJobItemEdgeResolvers<ContextType>;
  ClassificationModel?: ClassificationModelResolvers<ContextType>;
  ClassificationOutcome?: ClassificationOutcomeResolvers<ContextType>;
  ClassificationStats?: ClassificationStatsResolvers<ContextType>;
  ClassificationStatsGroup?: ClassificationStatsGroupResolvers<ContextType>;
  ClassificationTiming?: ClassificationTimingResolvers<ContextType>;
  ClassifyImagesPayload?: ClassifyImagesPayloadResolvers<ContextType>;
  CreateAccessTokenPayload?: CreateAccessTokenPayloadResolvers<ContextType>;
  CreateApiKeyPayload?: CreateApiKeyPayloadResolvers<ContextType>;
  CreateClassificationJobPayload?: CreateClassificationJobPayloadResolvers<ContextType>;
  CreateInboundHookPayload?: CreateInboundHookPayloadResolvers<ContextType>;
  CreateTaxonomyPayload?: CreateTaxonomyPayloadResolvers<ContextType>;
  CreateTenantPayload?: CreateTenantPayloadResolvers<ContextType>;
  CreateWebhookEndpointPayload?: CreateWebhookEndpointPayloadResolvers<ContextType>;
  DateTime?: GraphQLScalarType;
  DeleteInboundHookPayload?: DeleteInboundHookPayloadResolvers<ContextType>;
  DeleteWebhookEndpointPayload?: DeleteWebhookEndpointPayloadResolvers<ContextType>;
  DeliveryAttempt?: DeliveryAttemptResolvers<ContextType>;
  EmbeddingProgress?: EmbeddingProgressResolvers<ContextType>;
  ExportLabelsPayload?: ExportLabelsPayloadResolvers<ContextType>;
  HmacHeader?: HmacHeaderResolvers<ContextType>;
  ImageInfo?: ImageInfoResolvers<ContextType>;
  ImageResult?: ImageResultResolvers<ContextType>;
  ImportChanges?: ImportChangesResolvers<ContextType>;
  ImportLabelsPayload?: ImportLabelsPayloadResolvers<ContextType>;
  ImportProblem?: ImportProblemResolvers<ContextType>;
  InboundHook?: InboundHookResolvers<ContextType>;
  InboundHookConnection?: InboundHookConnectionResolvers<ContextType>;
  InboundHookEdge?: InboundHookEdgeResolvers<ContextType>;
  InboundHookMapping?: InboundHookMappingResolvers<ContextType>;
  InboundHookMetadata?: InboundHookMetadataResolvers<ContextType>;
  InboundMessage?: InboundMessageResolvers<ContextType>;
  InboundMessageConnection?: InboundMessageConnectionResolvers<ContextType>;
  InboundMessageEdge?: InboundMessageEdgeResolvers<ContextType>;
  JSONObject?: GraphQLScalarType;
  Label?: LabelResolvers<ContextType>;
  LabelConnection?: LabelConnectionResolvers<ContextType>;
  LabelContent?: LabelContentResolvers<ContextType>;
  LabelDifference?: LabelDifferenceResolvers<ContextType>;
  LabelDifferenceConnection?: LabelDifferenceConnectionResolvers<ContextType>;
  LabelDifferenceEdge?: LabelDifferenceEdgeResolvers<ContextType>;
  LabelEdge?: LabelEdgeResolvers<ContextType>;
  LabelPair?: LabelPairResolvers<ContextType>;
  LanguageTag?: GraphQLScalarType;
  LatencyPercentiles?: LatencyPercentilesResolvers<ContextType>;
  LocalizedText?: LocalizedTextResolvers<ContextType>;
  MappedImage?: MappedImageResolvers<ContextType>;
  Model?: ModelResolvers<ContextType>;
  MoveLabelsPayload?: MoveLabelsPayloadResolvers<ContextType>;
  Mutation?: MutationResolvers<ContextType>;
  NewApiKey?: NewApiKeyResolvers<ContextType>;
  Node?: NodeResolvers<ContextType>;
  PageInfo?: PageInfoResolvers<ContextType>;
  Prediction?: PredictionResolvers<ContextType>;
  Preview?: PreviewResolvers<ContextType>;
  PreviewImagesPayload?: PreviewImagesPayloadResolvers<ContextType>;
  PreviewOutcome?: PreviewOutcomeResolvers<ContextType>;
  PreviewPrediction?: PreviewPredictionResolvers<ContextType>;
  PreviewResult?: PreviewResultResolvers<ContextType>;
  PromptTemplate?: PromptTemplateResolvers<ContextType>;
  PublishTaxonomyPayload?: PublishTaxonomyPayloadResolvers<ContextType>;
  PublishWarning?: PublishWarningResolvers<ContextType>;
  Query?: QueryResolvers<ContextType>;
  ReclassifyPayload?: ReclassifyPayloadResolvers<ContextType>;
  RedeliverPayload?: RedeliverPayloadResolvers<ContextType>;
  RemoveLabelsPayload?: RemoveLabelsPayloadResolvers<ContextType>;
  RestoreTaxonomyVersionPayload?: RestoreTaxonomyVersionPayloadResolvers<ContextType>;
  RetryClassificationJobPayload?: RetryClassificationJobPayloadResolvers<ContextType>;
  RevokeApiKeyPayload?: RevokeApiKeyPayloadResolvers<ContextType>;
  RotateApiKeyPayload?: RotateApiKeyPayloadResolvers<ContextType>;
  RotateInboundHookSecretPayload?: RotateInboundHookSecretPayloadResolvers<ContextType>;
  RotateWebhookSecretPayload?: RotateWebhookSecretPayloadResolvers<ContextType>;
  SendTestEventPayload?: SendTestEventPayloadResolvers<ContextType>;
  SetPromptTemplatesPayload?: SetPromptTemplatesPayloadResolvers<ContextType>;
  Subscription?: SubscriptionResolvers<ContextType>;
  Taxonomy?: TaxonomyResolvers<ContextType>;
  TaxonomyConnection?: TaxonomyConnectionResolvers<ContextType>;
  TaxonomyDifference?: TaxonomyDifferenceResolvers<ContextType>;
  TaxonomyDraft?: TaxonomyDraftResolvers<ContextType>;
  TaxonomyEdge?: TaxonomyEdgeResolvers<ContextType>;
  TaxonomyVersion?: TaxonomyVersionResolvers<ContextType>;
  TaxonomyVersionConnection?: TaxonomyVersionConnectionResolvers<ContextType>;
  TaxonomyVersionEdge?: TaxonomyVersionEdgeResolvers<ContextType>;
  Tenant?: TenantResolvers<ContextType>;
  TenantConnection?: TenantConnectionResolvers<ContextType>;
  TenantEdge?: TenantEdgeResolvers<ContextType>;
  TenantQuotas?: TenantQuotasResolvers<ContextType>;
  TenantRetention?: TenantRetentionResolvers<ContextType>;
  TenantUsage?: TenantUsageResolvers<ContextType>;
  URL?: GraphQLScalarType;
  UpdateInboundHookPayload?: UpdateInboundHookPayloadResolvers<ContextType>;
  UpdateTaxonomyPayload?: UpdateTaxonomyPayloadResolvers<ContextType>;
  UpdateTenantPayload?: UpdateTenantPayloadResolvers<ContextType>;
  UpdateWebhookEndpointPayload?: UpdateWebhookEndpointPayloadResolvers<ContextType>;
  Upload?: GraphQLScalarType;
  UpsertLabelsPayload?: UpsertLabelsPayloadResolvers<ContextType>;
  Usage?: UsageResolvers<ContextType>;
  UsageGroup?: UsageGroupResolvers<ContextType>;
  UserError?: UserErrorResolvers<ContextType>;
  Viewer?: ViewerResolvers<ContextType>;
  WebhookDelivery?: WebhookDeliveryResolvers<ContextType>;
  WebhookDeliveryConnection?: WebhookDeliveryConnectionResolvers<ContextType>;
  WebhookDeliveryEdge?: WebhookDeliveryEdgeResolvers<ContextType>;
  WebhookEndpoint?: WebhookEndpointResolvers<ContextType>;
  WebhookEndpointConnection?: WebhookEndpointConnectionResolvers<ContextType>;
  WebhookEndpointEdge?: WebhookEndpointEdgeResolvers<ContextType>;
  WebhookEvent?: WebhookEventResolvers<ContextType>;
  WebhookFilter?: WebhookFilterResolvers<ContextType>;
  WebhookRequest?: WebhookRequestResolvers<ContextType>;
  WebhookResponse?: WebhookResponseResolvers<ContextType>;
};

