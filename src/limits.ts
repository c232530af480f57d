/** What one operation may send: bytes of its JSON body, and values (scalars, lists and objects) in its variables. */
export interface OperationLimits {
  bodyBytes: number;
  values: number;
}

/** Holds for every operation that stands in no other row. */
export const DEFAULT_LIMITS: OperationLimits = { bodyBytes: 100_000, values: 10_000 };

/** Root fields that carry thousands of labels. An operation gets this much only when all its root fields do. */
const LARGE_LIMITS: Record<string, OperationLimits> = {
  createTaxonomy: { bodyBytes: 16_000_000, values: 300_000 },
  upsertLabels: { bodyBytes: 16_000_000, values: 300_000 },
};

/** The most that any operation may send: where reading a body stops, before its operation is known. */
export const LARGEST_LIMITS: OperationLimits = {
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

/** What an operation may select: each field once for every object that `first`, `last` or `ids` asks for. */
export const MAX_OPERATION_COST = 50_000;

export const UPLOAD_LIMITS = {
  files: 100,
  /** The `operations` of a multipart request: 100 images with their references and metadata. */
  operationsBytes: 2_000_000,
  mapBytes: 50_000,
};

/** Root fields whose `operations` may be that large; those of any other are as small as its JSON body. */
export const LARGE_UPLOADS: readonly string[] = ['classifyImages'];

/** Bytes of images in memory, of all requests and tenants together. */
export const MAX_QUEUED_BYTES = 512_000_000;

/** How much of what all tenants share one of them may hold: half, so that none can lock out the others alone. */
export function shareOf(total: number): number {
  return Math.max(1, Math.floor(total / 2));
}

/** The limits of an operation with these root fields: the smallest that any of them has. */
export function limitsOf(rootFields: readonly string[]): OperationLimits {
  const each = rootFields.map((field) => LARGE_LIMITS[field] ?? DEFAULT_LIMITS);
  return {
    bodyBytes: Math.min(LARGEST_LIMITS.bodyBytes, ...each.map(({ bodyBytes }) => bodyBytes)),
    values: Math.min(LARGEST_LIMITS.values, ...each.map(({ values }) => values)),
  };
}
