import { buildClassificationEvents } from '../classification/classification-events.ts';
import type { ImageResult } from '../classification/results.ts';
import type { InboundHook, InboundMessage } from '../database/generated/client.ts';
import type { AppError } from '../errors.ts';
import type { NewEvent } from '../events/event-types.ts';
import type { Tx } from '../tenancy/tenant-db.ts';
import { imagesOf, type StoredOutcome } from './stored-image.ts';

export type MessageOfHook = InboundMessage & { hook: InboundHook };

/** What webhooks say of a message that has ended, an event an image. What retention has deleted since is left out. */
export async function readEvents(tx: Tx, message: MessageOfHook): Promise<NewEvent[]> {
  if (message.failure) return buildFailedEvents(tx, message, message.failure as unknown as AppError);
  const { tenantId } = message;
  const outcomes = (message.outcomes ?? []) as unknown as StoredOutcome[];
  const ids = outcomes.flatMap((outcome) => ('id' in outcome ? [outcome.id] : []));
  const rows = await tx.classification.findMany({
    where: { tenantId, id: { in: ids } },
    include: { predictions: { orderBy: { rank: 'asc' } } },
  });
  const byId = new Map(rows.map(({ predictions, ...row }) => [row.id, { classification: row, predictions }]));
  const results = imagesOf(message).map(({ reference }, index): ImageResult => {
    const outcome = outcomes[index]!;
    const kept = 'error' in outcome ? outcome : byId.get(outcome.id);
    return { index, reference, image: null, outcomes: kept ? [kept] : [] };
  });
  return buildEvents(tx, message, results, rows[0]?.versionId);
}

/** `classification.failed` of each image of a message that failed as a whole. */
export function buildFailedEvents(
  tx: Tx,
  message: MessageOfHook,
  { code, message: text }: Pick<AppError, 'code' | 'message'>,
): Promise<NewEvent[]> {
  const outcomes = [{ error: { code, message: text } }];
  const results = imagesOf(message).map(({ reference }, index) => ({
    index,
    reference,
    image: null,
    outcomes,
  }));
  return buildEvents(tx, message, results);
}

/** The version counts where something was classified; a taxonomy that was never published has its draft. */
async function buildEvents(
  tx: Tx,
  message: MessageOfHook,
  results: ImageResult[],
  versionId?: string,
): Promise<NewEvent[]> {
  const { tenantId, requestId, hook } = message;
  const version = await tx.taxonomyVersion.findFirstOrThrow({
    where: { tenantId, ...(versionId ? { id: versionId } : { taxonomyId: hook.taxonomyId, number: 0 }) },
  });
  const metadata = imagesOf(message).map((image) => image.metadata);
  return buildClassificationEvents(tx, { tenantId, requestId, results, targets: [{ version }], metadata });
}
