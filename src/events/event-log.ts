import type { Queue } from '../jobs/queue.ts';
import type { Tx } from '../tenancy/tenant-db.ts';
import type { EventType, NewEvent } from './event-types.ts';
import { recordDeliveries } from './record-deliveries.ts';
import { findSubscribers, wants } from './subscribers.ts';

export interface EventLog {
  /**
   * Tells the tenant's endpoints what the caller's transaction does: no event without its commit, no commit without
   * its event. `build` makes the events and runs only where an endpoint wants one of `types`; an event that none
   * wants leaves no trace.
   */
  record(
    tx: Tx,
    tenantId: string,
    types: readonly EventType[],
    build: () => NewEvent[] | Promise<NewEvent[]>,
  ): Promise<void>;
}

/** The one way in which something that happened becomes deliveries. */
export function createEventLog(queue: Queue): EventLog {
  return {
    async record(tx, tenantId, types, build) {
      const subscribers = await findSubscribers(tx, tenantId, types);
      if (subscribers.length === 0) return;
      const addressed = (await build())
        .map((event) => ({ event, endpoints: subscribers.filter((one) => wants(one, event)) }))
        .filter(({ endpoints }) => endpoints.length > 0);
      await recordDeliveries({ tx, queue }, tenantId, addressed);
    },
  };
}
