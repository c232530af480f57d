import type { WebhookDelivery, WebhookEvent } from '../database/generated/client.ts';

/**
 * The body of every attempt of a delivery, byte for byte: Standard Webhooks' own form, with the version of `data`.
 * What the endpoint has chosen stands in place of the usual data.
 */
export function toBody(
  { type, data, createdAt }: Pick<WebhookEvent, 'type' | 'data' | 'createdAt'>,
  { payloadVersion: version, selected }: Pick<WebhookDelivery, 'payloadVersion' | 'selected'>,
): string {
  return JSON.stringify({ type, version, timestamp: createdAt.toISOString(), data: selected ?? data });
}
