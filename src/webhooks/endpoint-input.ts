import { EVENT_TYPES, PAYLOAD_VERSIONS, type EventType } from '../events/event-types.ts';
import { AppError } from '../errors.ts';
import type { Outbound } from '../outbound/outbound.ts';
import type { Tx } from '../tenancy/tenant-db.ts';
import type { PayloadSelections } from './payload-selections.ts';

/** What an endpoint is told to be; undefined leaves a value as it is. */
export interface EndpointInput {
  url?: string | undefined;
  description?: string | null | undefined;
  eventTypes?: readonly EventType[] | undefined;
  /** Ids are UUIDs. All of a filter is replaced at once; null: every event of its types. */
  filter?: EndpointFilter | null | undefined;
  payloadVersion?: number | undefined;
  selection?: string | null | undefined;
}

export interface EndpointFilter {
  taxonomyId?: string | null | undefined;
  labelKey?: string | null | undefined;
  minScore?: number | null | undefined;
}

const MAX_URL_LENGTH = 2_048;
const MAX_DESCRIPTION_LENGTH = 500;
const MAX_KEY_LENGTH = 200;

/** Throws INVALID_INPUT for whatever is not acceptable in itself. */
export function checkEndpointInput(input: EndpointInput): void {
  const { description, eventTypes, filter, payloadVersion } = input;
  if (description && description.length > MAX_DESCRIPTION_LENGTH) {
    throw invalid(`A description has at most ${MAX_DESCRIPTION_LENGTH} characters.`, 'description');
  }
  if (eventTypes?.length === 0) {
    throw invalid(`An endpoint wants at least one type of events: ${EVENT_TYPES.join(', ')}.`, 'eventTypes');
  }
  if (payloadVersion !== undefined && !PAYLOAD_VERSIONS.some((version) => version === payloadVersion)) {
    throw invalid(`There are payloads of version ${PAYLOAD_VERSIONS.join(', ')}.`, 'payloadVersion');
  }
  const { labelKey, minScore } = filter ?? {};
  if (typeof labelKey === 'string' && (labelKey.length < 1 || labelKey.length > MAX_KEY_LENGTH)) {
    throw invalid(`A label's key has 1 to ${MAX_KEY_LENGTH} characters.`, 'filter', 'labelKey');
  }
  if (typeof minScore === 'number' && !(minScore >= 0 && minScore <= 1)) {
    throw invalid(`A score is 0 to 1; got ${minScore}.`, 'filter', 'minScore');
  }
}

/** The columns of what is given, and no others. Precondition: the input was checked. */
export function toColumns({ filter, eventTypes, ...given }: EndpointInput) {
  return {
    ...given,
    ...(eventTypes && { eventTypes: [...new Set(eventTypes)] }),
    ...(filter !== undefined && {
      taxonomyId: filter?.taxonomyId ?? null,
      labelKey: filter?.labelKey ?? null,
      minScore: filter?.minScore ?? null,
    }),
  };
}

/** The URL in its normal form. Throws URL_NOT_ALLOWED, in the same words for whatever may not be reached. */
export async function checkUrl(outbound: Outbound, text: string): Promise<string> {
  const url = text.length <= MAX_URL_LENGTH ? URL.parse(text) : null;
  try {
    if (url) {
      await outbound.check(url);
      return url.href;
    }
  } catch {
    // refused: whichever way, in the same words
  }
  throw new AppError('URL_NOT_ALLOWED', {
    message:
      'Events are sent over http or https, to ports 80 and 443, without user name and password in the URL, to a host whose addresses are all public. ' +
      'Name such an endpoint, or have the operator allow the target (TAXOLENS_ALLOWED_PRIVATE_TARGETS).',
    path: ['url'],
  });
}

/** Throws NOT_FOUND where the filter names a taxonomy that the tenant does not have. */
export async function checkTaxonomy(tx: Tx, tenantId: string, { filter }: EndpointInput): Promise<void> {
  const id = filter?.taxonomyId;
  if (!id || (await tx.taxonomy.count({ where: { tenantId, id } })) === 1) return;
  throw new AppError('NOT_FOUND', {
    message: 'There is no taxonomy with this id.',
    path: ['filter', 'taxonomyId'],
  });
}

/** Throws INVALID_INPUT where the selection does not fit the types. */
export function checkSelection(
  payloads: PayloadSelections,
  { selection, eventTypes }: { selection: string | null; eventTypes: readonly string[] },
): void {
  if (selection !== null) payloads.check(selection, eventTypes as EventType[]);
}

function invalid(message: string, ...path: string[]): AppError {
  return new AppError('INVALID_INPUT', { message, path });
}
