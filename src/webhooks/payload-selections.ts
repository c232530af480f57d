import type { EventData, EventType } from '../events/event-types.ts';

/** Executes what subscribers choose of an event's object. GraphQL stands above this folder: the application brings it. */
export interface PayloadSelections {
  /**
   * Throws INVALID_INPUT where a selection is no document of fragments on the objects of these events, breaks a limit
   * of documents, or costs too much.
   */
  check(selection: string, types: readonly EventType[]): void;
  /**
   * What the selection gives of the object, as a key of the tenant sees it; null where it is not there any more.
   * Throws INVALID_INPUT where the schema has changed and `check` would refuse it now, OVERLOADED.
   */
  select(selection: string, event: { tenantId: string; subjectId: string }): Promise<EventData | null>;
}
