import type { Services, StreamPlace } from '../context.ts';
import { openSubscription, type OpenSubscription } from '../graphql/open-subscription.ts';
import type { SubscriptionRequest } from '../graphql/prepare-subscription.ts';
import type { Transport } from '../metrics.ts';
import { createLoaders } from '../resolvers/loaders.ts';
import type { KeyViewer } from '../tenancy/viewer.ts';

export interface SubscriptionStart {
  request: SubscriptionRequest;
  viewer: KeyViewer;
  requestId: string;
  transport: Transport;
  /** How far the client has come, as the transport says. */
  place: StreamPlace;
}

/** Opens a subscription of any transport, and counts it while it is open. Throws RefusedSubscription. */
export async function startSubscription(
  services: Services,
  { request, viewer, requestId, transport, place }: SubscriptionStart,
): Promise<OpenSubscription> {
  const { tenantId } = viewer;
  const stop = new AbortController();
  const context = {
    requestId,
    viewer,
    services,
    loaders: createLoaders(services.db, tenantId),
    logger: services.logger.child({ requestId, tenantId }),
    bodyBytes: 0,
    gateStay: null,
    mediaType: 'application/json' as const,
    stream: place,
  };
  const results = await openSubscription(request, context, stop);
  stop.signal.addEventListener('abort', services.metrics.countSubscription(transport), { once: true });
  return results;
}
