import { EVENT_TYPES, type EventType } from '../events/event-types.ts';
import type { WebhookEventType } from '../schema/types.generated.ts';

/** `classification.completed` as the schema writes it: CLASSIFICATION_COMPLETED. */
export function toWebhookEventType(type: string): WebhookEventType {
  return type.replace('.', '_').toUpperCase() as WebhookEventType;
}

/** The other way round. */
export function toEventType(name: WebhookEventType): EventType {
  return EVENT_TYPES.find((type) => toWebhookEventType(type) === name)!;
}
