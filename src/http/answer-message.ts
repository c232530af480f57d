import type { Services } from '../context.ts';
import type { InboundMessage } from '../database/generated/client.ts';
import { toId } from '../ids.ts';
import { readEvents } from '../inbound/message-events.ts';
import { imagesOf } from '../inbound/stored-image.ts';
import type { Answer } from './locals.ts';

/** 202 while it is to be classified; 200 with what webhooks tell of it, `results`, once it has ended. */
export async function answerMessage(
  { db }: Pick<Services, 'db'>,
  message: InboundMessage,
  response: Answer,
): Promise<void> {
  const { tenantId, id, state } = message;
  const about = {
    id: toId('message', id),
    state,
    classifications: imagesOf(message).map((image) => toId('classification', image.id)),
  };
  if (state === 'PENDING') return void response.status(202).json(about);
  const results = await db.withTenant(tenantId, async (tx) => {
    const where = { tenantId_id: { tenantId, id: message.hookId } };
    const hook = await tx.inboundHook.findUnique({ where });
    return hook ? readEvents(tx, { ...message, hook }) : [];
  });
  response.json({ ...about, results: results.map(({ type, data }) => ({ type, data })) });
}

/** An event that is about no image is none to send again. */
export function answerIgnored(response: Answer): void {
  response.json({ id: null, state: 'IGNORED', classifications: [], results: [] });
}
