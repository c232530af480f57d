import type { Request } from 'express';
import type { Services } from '../context.ts';
import type { InboundHook, InboundMessage } from '../database/generated/client.ts';
import { AppError } from '../errors.ts';
import { checkVariables } from '../graphql/variable-limits.ts';
import { acceptMessage } from '../inbound/accept-message.ts';
import { awaitMessage } from '../inbound/await-message.ts';
import { noSuchHook, parseAddress } from '../inbound/hook-address.ts';
import { openHookSecrets } from '../inbound/hook-secrets.ts';
import { readMessage } from '../inbound/read-message.ts';
import { checkHeaders, verify, type HmacHeader } from '../inbound/verify.ts';
import { HOOK_LIMITS } from '../limits.ts';
import { answerIgnored, answerMessage } from './answer-message.ts';
import type { BodyRoom } from './body-room.ts';
import { sendError } from './errors.ts';
import { JsonMeter } from '../json-meter.ts';
import type { Answer, Step } from './locals.ts';
import { readBytes } from './read-bytes.ts';
import { refuseBody } from './read-body.ts';
import { findForeignEncoding, parseJson } from './read-json.ts';
import { readWait } from './read-wait.ts';

/** Takes what is posted to an inbound hook: 202 at once, or 200 where it has ended in the time that `Prefer` gives. */
export function receiveHook(services: Services, room: BodyRoom): Step {
  return async (request, response) => {
    const hook = await findHook(services, request.params['address'] as string);
    const message = await receiveMessage({ services, room, hook }, request, response);
    if (message === undefined) return;
    if (message === null) return answerIgnored(response);
    await answer(services, message, { request, response });
  };
}

/**
 * The message, new or known; null where it is about no image, undefined where it was refused and that is answered. A
 * function of its own: whoever waits for the message holds its body no longer. Throws UNAUTHENTICATED before anything
 * else is looked at.
 */
async function receiveMessage(
  { services, room, hook }: { services: Services; room: BodyRoom; hook: InboundHook },
  request: Request,
  response: Answer,
): Promise<InboundMessage | null | undefined> {
  const now = new Date();
  const credential = {
    scheme: hook.scheme,
    hmacHeader: hook.hmacHeader as HmacHeader | null,
    secrets: openHookSecrets(services.vault, hook, now),
  };
  checkHeaders(credential, { headers: request.headers, now });
  const kind = kindOf(request);
  if (!kind) return refuseType(request, response);
  const stay = room.enter(hook.tenantId);
  response.once('close', () => stay.leave());
  const bytes = await receive(request, { services, kind, take: stay.take }).catch((error: unknown) => {
    refuseBody(error, response);
  });
  if (!bytes) return undefined;
  const id = verify(credential, { headers: request.headers, body: bytes, now });
  services.knownTenants.add(hook.tenantId);
  const message = await take(services, hook, { request, response, kind, bytes, id });
  stay.leave(); // what is waited for needs none of it
  return message;
}

type Kind = 'json' | 'image';

function kindOf(request: Request): Kind | null {
  if (request.is(['application/json', '+json'])) return 'json';
  return request.is(['image/*', 'application/octet-stream']) ? 'image' : null;
}

function refuseType(request: Request, response: Answer): undefined {
  const type = request.get('content-type')?.slice(0, 100) ?? 'none';
  const message = `A hook takes application/json, or an image as image/* or application/octet-stream; this is ${type}.`;
  sendError(response, new AppError('INVALID_INPUT', { message }), 415);
}

/** Throws NOT_FOUND. */
async function findHook({ db, knownTenants }: Services, address: string): Promise<InboundHook> {
  const named = parseAddress(address);
  const turn = { turn: knownTenants.turnOf(named?.tenantId) };
  const hook =
    named && (await db.withTenant(named.tenantId, (tx) => tx.inboundHook.findUnique(byId(named)), turn));
  if (hook) return hook;
  throw noSuchHook();
}

const byId = (named: { tenantId: string; id: string }) => ({ where: { tenantId_id: named } });

function receive(
  request: Request,
  { services, kind, take }: { services: Services; kind: Kind; take: (bytes: number) => void },
): Promise<Buffer> {
  const { maxImageBytes, bodyIdleMs: idleMs } = services.config;
  if (kind === 'image') return readBytes(request, { maxBytes: maxImageBytes, idleMs, take });
  const meter = new JsonMeter({ maxValues: HOOK_LIMITS.values, take });
  const inspect = (piece: Buffer) => meter.add(piece);
  return readBytes(request, { maxBytes: HOOK_LIMITS.bodyBytes, idleMs, take, inspect });
}

interface Posted {
  request: Request;
  response: Answer;
  kind: Kind;
  bytes: Buffer;
  /** That the sender vouches for. */
  id: string | null;
}

/** The message, new or known; null where it is about no image. */
async function take(
  services: Services,
  hook: InboundHook,
  { request, response, kind, bytes, id }: Posted,
): Promise<InboundMessage | null> {
  if (hook.disabledAt) throw new AppError('FORBIDDEN', { message: 'The hook is disabled.' });
  const foreign = kind === 'json' && findForeignEncoding(request);
  if (foreign) throw new AppError('INVALID_INPUT', { message: foreign });
  const json = kind === 'json' ? { json: { value: parseJson(bytes) } } : {};
  const { senderId, images } = readMessage(hook, { bytes, id, ...json });
  checkVariables({ senderId, images }, HOOK_LIMITS.values);
  const { requestId } = response.locals;
  return images.length === 0 ? null : acceptMessage(services, hook, { senderId, requestId, images });
}

async function answer(
  services: Services,
  message: InboundMessage,
  { request, response }: Pick<Posted, 'request' | 'response'>,
): Promise<void> {
  const waitSeconds = readWait(request.get('prefer'));
  if (waitSeconds === null) return answerMessage(services, message, response);
  const { signal } = response.locals;
  const settled = await awaitMessage(services.db, message, { waitMs: waitSeconds * 1000, signal });
  response.set('Preference-Applied', `wait=${waitSeconds}`);
  await answerMessage(services, settled, response);
}
