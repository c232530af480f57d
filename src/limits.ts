/** What one operation may send: bytes of its JSON body, and values (scalars, lists and objects) in its variables. */
export interface OperationLimits {
  bodyBytes: number;
  values: number;
}

/** Holds for every operation that stands in no other row. */
export const DEFAULT_LIMITS: OperationLimits = { bodyBytes: 100_000, values: 10_000 };

/**
 * Root fields that carry thousands of labels, or images as base64, and the scope that such a body needs. An operation
 * gets this much only when all its root fields do.
 */
const LARGE_LIMITS: Record<string, OperationLimits & { scope: 'TAXONOMY_WRITE' | 'CLASSIFY' }> = {
  createTaxonomy: { bodyBytes: 16_000_000, values: 300_000, scope: 'TAXONOMY_WRITE' },
  upsertLabels: { bodyBytes: 16_000_000, values: 300_000, scope: 'TAXONOMY_WRITE' },
  classifyImages: { bodyBytes: 30_000_000, values: 10_000, scope: 'CLASSIFY' },
  createClassificationJob: { bodyBytes: 30_000_000, values: 100_000, scope: 'CLASSIFY' },
  previewImages: { bodyBytes: 30_000_000, values: 10_000, scope: 'TAXONOMY_WRITE' },
};

/** What stands around the variables in a body. */
const ENVELOPE_VALUES = 100;

/** The most that any operation may send. */
const LARGEST_LIMITS: OperationLimits = {
  bodyBytes: Math.max(...Object.values(LARGE_LIMITS).map(({ bodyBytes }) => bodyBytes)),
  values: Math.max(...Object.values(LARGE_LIMITS).map(({ values }) => values)),
};

/** What a document may be, whatever its variables. Fields of `__schema` and `__type` count to `fields` only. */
export const DOCUMENT_LIMITS = {
  tokens: 1_000,
  depth: 10,
  fields: 500,
  aliases: 30,
  directives: 30,
  rootFields: 20,
};

/** How deep variables may nest: a bound on recursion, far above what any input type needs. */
export const MAX_VARIABLE_DEPTH = 12;

/** What an operation may select: each field once for every object that it can be there for. */
export const MAX_OPERATION_COST = 100_000;

/** What introspection costs, whatever is selected of it: graphql bounds how deep that can be. */
export const INTROSPECTION_COST: Record<string, number> = { __schema: 40_000, __type: 1_000 };

/** How many items a list without `first` counts for, and how much each of them. */
export interface ListSize {
  /** As many as there can be, or as the mutation's input has in this list or says in this number. */
  most: number | 'images' | 'taxonomies' | 'topK';
  /** Less than 1 where items come with the row that holds them, or are shared by many rows. Default: 1. */
  share?: number;
}

/** Every list of objects in the schema that is no page: by type and field, or by field alone. */
export const LIST_SIZES: Record<string, ListSize> = {
  'Label.children': { most: 1_000, share: 0.1 }, // a label stands below one other: those of a page are few
  'Label.names': { most: 100, share: 0.1 },
  'Label.synonyms': { most: 200, share: 0.1 },
  'LabelContent.names': { most: 100, share: 0.1 },
  'InboundHookMapping.metadata': { most: 50, share: 0.1 },
  mappedImages: { most: 100, share: 0.1 },
  'LabelContent.synonyms': { most: 200, share: 0.1 },
  'ClassificationStats.groups': { most: 1_000, share: 0.1 },
  'Usage.groups': { most: 1_000, share: 0.1 },
  'WebhookDelivery.attempts': { most: 16 },
  'ImportChanges.labels': { most: 100 },
  'ImportLabelsPayload.problems': { most: 100 },
  'PublishTaxonomyPayload.warnings': { most: 100 },
  'TaxonomyVersion.warnings': { most: 100, share: 0.1 },
  'Query.models': { most: 10 },
  'TaxonomyDifference.addedPromptTemplates': { most: 1_000, share: 0.1 },
  'TaxonomyDifference.removedPromptTemplates': { most: 1_000, share: 0.1 },
  outcomes: { most: 'taxonomies' },
  path: { most: 50, share: 0.1 },
  predictions: { most: 'topK' },
  promptTemplates: { most: 1_000, share: 0.1 },
  results: { most: 'images' },
  userErrors: { most: 10 },
};

/** What `images`, `taxonomies` and `topK` are where no input says: one classification that is read. */
export const INPUT_SIZES = { images: 100, taxonomies: 10, topK: 100 };

/** How many items a list in the variables may have, by the field or argument it is for; the use case may ask for fewer. */
export const LIST_ARGUMENT_LIMITS: Record<string, number> = { labels: 20_000, keys: 20_000, items: 10_000 };
export const MAX_LIST_ARGUMENT = 1_000;

/** Of one file of labels. */
export const MAX_LABEL_FILE_BYTES = 16_000_000;

export const UPLOAD_LIMITS = {
  files: 100,
  /** The `operations` of a multipart request: 100 images with their references and metadata. */
  operationsBytes: 2_000_000,
  mapBytes: 50_000,
};

/** What fetches of images by URL may take: of all tenants together, and of one tenant where the name says key. */
export const FETCH_LIMITS = {
  /** Connections at once. */
  total: 64,
  perKey: 16,
  /** Images that are being fetched or wait for it. */
  maxPerKey: 400,
  /** Bytes of images whose request is not admitted yet. */
  bytes: 512_000_000,
  bytesPerKey: 256_000_000,
  /** Of one image, redirects included; and of waiting for those before it. */
  timeoutMs: 15_000,
  requestTimeoutMs: 60_000,
};

/** Of the key that seals stored secrets: AES-256. */
export const ENCRYPTION_KEY_BYTES = 32;

export const WEBHOOK_LIMITS = {
  /** Of one tenant. */
  endpoints: 50,
  /** Of one `redeliver`. */
  redeliveries: 10_000,
  /** From the first name that is looked up to the answer. */
  timeoutMs: 15_000,
  /** An answer that takes longer than this makes its endpoint a slow one. */
  slowMs: 3_000,
  /** Of an answer's body: what is kept of it, and how long it is waited for once the status is there. */
  responseBytes: 4_096,
  responseBodyMs: 1_000,
  /** How long deliveries are kept that have come to their end. */
  keptDays: 30,
};

export const BULK_LIMITS = {
  /** Of one job. */
  items: 10_000,
  /** That one `reclassify` looks through for its images. */
  classifications: 50_000,
  /** Of one JSONL file of items. */
  fileBytes: 16_000_000,
  /** Scalars, lists and objects of its lines. */
  fileValues: 300_000,
  /** Of one tenant. */
  runningJobs: 20,
  /** Images of one job that are classified at once: one request's worth of work, and of lost work when it is cancelled. */
  itemsAtOnce: 16,
  /** How long jobs are kept that have ended. */
  keptDays: 30,
};

/** Of WebSockets and event streams, here called connections. */
export const LIVE_LIMITS = {
  /** Of a process, and of one tenant. */
  connections: 2_000,
  connectionsPerTenant: 1_000,
  /** Of one WebSocket; an event stream has one. */
  subscriptions: 50,
  /** Of what a client sends at once. */
  messageBytes: DEFAULT_LIMITS.bodyBytes,
  /** How long a WebSocket may be silent before it says whose it is. */
  initMs: 5_000,
  /** Between two signs of life. */
  heartbeatMs: 12_000,
  /** A client that has not taken what it was sent for so long is too slow, and so is one with so much waiting. */
  slowMs: 10_000,
  waitingBytes: 1_000_000,
  /** How long a client that was told to go may take. */
  closeMs: 5_000,
  /** Between two looks at what is in progress. */
  progressStepMs: 250,
  /** Classifications that are read at once. */
  pageSize: 100,
  /** Without any notice, classifications are looked for so often: the process that made one may have been killed. */
  lookMs: 10_000,
};

export const HOOK_LIMITS = {
  /** Of one tenant. */
  hooks: 50,
  /** Messages of one hook that wait to be classified. */
  pending: 1_000,
  /** Of one JSON message: an image of 10 MB as base64, and more. */
  bodyBytes: 16_000_000,
  values: 50_000,
  /** How long an answer is waited for, where the sender asks. */
  maxWaitSeconds: 30,
  /** How long two secrets are good side by side. */
  maxOverlapSeconds: 7 * 86_400,
  /** How long a message is known again, and its outcome read, after its end. */
  keptDays: 30,
};

export const BLOB_LIMITS = { keptMs: 7 * 86_400_000, bytesPerTenant: 1_000_000_000 };

/** Bytes of images in memory, and of the bodies of requests: each of all tenants together. */
export const MAX_QUEUED_BYTES = 512_000_000;

/** How much of what all tenants share one of them may hold: half, so that none can lock out the others alone. */
export function shareOf(total: number): number {
  return Math.max(1, Math.floor(total / 2));
}

/** The most that a viewer of these scopes may send: where reading a body stops, before its operation is known. */
export function largestLimitsOf(allows: (scope: 'TAXONOMY_WRITE' | 'CLASSIFY') => boolean): OperationLimits {
  const rows = Object.values(LARGE_LIMITS).filter(({ scope }) => allows(scope));
  return {
    bodyBytes: Math.max(DEFAULT_LIMITS.bodyBytes, ...rows.map(({ bodyBytes }) => bodyBytes)),
    values: Math.max(DEFAULT_LIMITS.values, ...rows.map(({ values }) => values)) + ENVELOPE_VALUES,
  };
}

/** The limits of an operation with these root fields: the smallest that any of them has. */
export function limitsOf(rootFields: readonly string[]): OperationLimits {
  const each = rootFields.map((field) =>
    Object.hasOwn(LARGE_LIMITS, field) ? LARGE_LIMITS[field]! : DEFAULT_LIMITS,
  );
  return {
    bodyBytes: Math.min(LARGEST_LIMITS.bodyBytes, ...each.map(({ bodyBytes }) => bodyBytes)),
    values: Math.min(LARGEST_LIMITS.values, ...each.map(({ values }) => values)),
  };
}
