/** What a tenant can be told of, by the names that stand in payloads. */
export const EVENT_TYPES = [
  'classification.completed',
  'classification.failed',
  'job.completed',
  'taxonomy.published',
  'webhook.test',
] as const;
export type EventType = (typeof EVENT_TYPES)[number];

/** Versions of the usual payload. An endpoint stays at the one it was made with until it asks for another. */
export const PAYLOAD_VERSIONS = [1] as const;

/** JSON as it is stored and sent. */
export type EventData = Record<string, unknown>;

/** Something that has happened, once the transaction that records it commits. */
export interface NewEvent {
  type: EventType;
  /** The data of the usual payload. Every shape is described in docs/webhooks.md. */
  data: EventData;
  /** The id, as clients see it, of the object that an endpoint's selection is of; null: there is none. */
  subjectId: string | null;
  /** What endpoints may filter by. */
  about: EventSubject;
}

export interface EventSubject {
  /** UUID; null: of no taxonomy. */
  taxonomyId: string | null;
  /** The best prediction: the keys from the top of the tree down to its label, and its score. */
  top?: { path: readonly string[]; score: number } | null;
}
