import { toId } from '../../ids.ts';
import type { QueryResolvers, WebhookDeliveryFilter } from '../../schema/types.generated.ts';
import { requireScope } from '../../tenancy/viewer.ts';
import { findDeliveries, type DeliveryFilter } from '../../webhooks/find-deliveries.ts';
import { toConnection } from '../connection.ts';
import { toEventType } from '../event-type.ts';
import { toIdWindow } from '../id-page.ts';
import { requireId } from '../require-id.ts';

export const webhookDeliveries: QueryResolvers['webhookDeliveries'] = async (
  _,
  args,
  { viewer, services },
) => {
  const tenantId = requireScope(viewer, 'ADMIN');
  const { page, window } = toIdWindow(args, 'delivery');
  const filter = toFilter(args.filter ?? {});
  const rows = await services.db.withTenant(tenantId, (tx) => findDeliveries(tx, tenantId, filter, window));
  return toConnection(rows, page, ({ id }) => toId('delivery', id));
};

function toFilter({ endpointId, eventId, eventType, ...others }: WebhookDeliveryFilter): DeliveryFilter {
  return {
    ...Object.fromEntries(Object.entries(others).filter(([, value]) => value !== null)),
    ...(endpointId && { endpointId: requireId('endpoint', endpointId, 'filter', 'endpointId') }),
    ...(eventId && { eventId: requireId('event', eventId, 'filter', 'eventId') }),
    ...(eventType && { eventType: toEventType(eventType) }),
  };
}
