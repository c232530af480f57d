import { createHash } from 'node:crypto';
import { decodeBase64 } from '../classification/base64.ts';
import { checkImages } from '../classification/classify-input.ts';
import { readImage } from '../classification/read-image.ts';
import type { Services } from '../context.ts';
import type { InboundHook, InboundMessage, Prisma } from '../database/generated/client.ts';
import { AppError } from '../errors.ts';
import { newUuid } from '../ids.ts';
import type { Tx } from '../tenancy/tenant-db.ts';
import { noSuchHook } from './hook-address.ts';
import { chargeHook, checkBacklog } from './hook-rate.ts';
import { INBOUND_QUEUE, laneOf, type InboundJob } from './inbound-queue.ts';
import { MAX_IMAGES, type MappedImage } from './map-message.ts';
import type { StoredImage } from './stored-image.ts';

export interface NewMessage {
  /** By which a repeated message is known. */
  senderId: string;
  requestId: string;
  images: MappedImage[];
}

/** An image that is stored with its message, and its bytes where there are any. */
interface ReadyImage {
  stored: StoredImage;
  bytes: Uint8Array | null;
}

/** A name that a media library gives, and more; an index holds it. */
const MAX_SENDER_ID_LENGTH = 500;
const MAX_URL_LENGTH = 2_048;

/**
 * Takes a message once, with the job that classifies it in the same transaction: whichever of several identical posts
 * comes first. The others get what it made. Throws INVALID_INPUT, IDEMPOTENCY_CONFLICT for other images under the same
 * id, RATE_LIMITED, NOT_FOUND where the hook is gone meanwhile, and QUOTA_EXCEEDED where the tenant's images take too much room.
 */
export async function acceptMessage(
  services: Services,
  hook: InboundHook,
  { senderId, requestId, images }: NewMessage,
): Promise<InboundMessage> {
  const { db, config } = services;
  const { tenantId, id: hookId } = hook;
  checkSenderId(senderId);
  checkImages(
    images.map((image) => ({ ...image, content: { url: '' } })),
    MAX_IMAGES,
  );
  const ready = await Promise.all(images.map((image) => readyImage(image, config.maxImageBytes)));
  const fingerprint = fingerprintOf(images, ready);
  const id = newUuid();
  return db.withTenant(tenantId, async (tx) => {
    await holdHook(tx, hook);
    const row = { tenantId, id, hookId, senderId, fingerprint, requestId, createdAt: new Date() };
    // Whoever comes second waits here until the first one has committed.
    const { count } = await tx.inboundMessage.createMany({
      data: [{ ...row, images: toJson(ready.map(({ stored }) => stored)) }],
      skipDuplicates: true,
    });
    if (count === 0) return findFirst(tx, { tenantId, hookId, senderId, fingerprint });
    await checkBacklog(tx, hook);
    await chargeHook(tx, hook, images.length);
    await services.queue.send<InboundJob>(tx, INBOUND_QUEUE, {
      tenantId,
      messageId: id,
      lane: laneOf(tenantId),
    });
    return keepBytes(services, tx, { tenantId, id, ready });
  });
}

function checkSenderId(senderId: string): void {
  if (senderId.length <= MAX_SENDER_ID_LENGTH) return;
  throw new AppError('INVALID_INPUT', {
    message: `The id of a message has 1 to ${MAX_SENDER_ID_LENGTH} characters; this one has ${senderId.length}.`,
  });
}

async function readyImage(
  { source, reference, metadata }: MappedImage,
  maxImageBytes: number,
): Promise<ReadyImage> {
  const store = (content: StoredImage['content']) => ({ id: newUuid(), content, reference, metadata });
  if ('url' in source) return { stored: store(checkUrl(source)), bytes: null };
  const open = async () => ('base64' in source ? decodeBase64(source.base64) : toStream(source.bytes));
  const read = await readImage(open, maxImageBytes);
  if ('bytes' in read) return { stored: store({ blobId: '' }), bytes: read.bytes };
  const { code, message } = read.error;
  return { stored: store({ error: { code, message } }), bytes: null };
}

function checkUrl(source: { url: string }): StoredImage['content'] {
  if (source.url.length <= MAX_URL_LENGTH) return source;
  return { error: { code: 'URL_NOT_ALLOWED', message: `A URL has at most ${MAX_URL_LENGTH} characters.` } };
}

async function* toStream(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  yield bytes;
}

/** Two messages are the same when they ask for the same bytes, or the same URLs. */
function fingerprintOf(images: MappedImage[], ready: ReadyImage[]): Uint8Array<ArrayBuffer> {
  const described = ready.map(({ bytes }, index) => {
    const { source } = images[index]!;
    if ('url' in source) return source.url;
    return bytes ? createHash('sha256').update(bytes).digest('hex') : 'unreadable';
  });
  return Uint8Array.from(createHash('sha256').update(JSON.stringify(described)).digest());
}

/** Keeps the hook from being deleted until the transaction ends. */
async function holdHook(tx: Tx, { tenantId, id }: InboundHook): Promise<void> {
  const found = await tx.$queryRaw<unknown[]>`
    select from inbound_hook where tenant_id = ${tenantId}::uuid and id = ${id}::uuid for key share`;
  if (found.length === 0) throw noSuchHook();
}

async function findFirst(
  tx: Tx,
  { fingerprint, ...key }: Pick<InboundMessage, 'tenantId' | 'hookId' | 'senderId' | 'fingerprint'>,
): Promise<InboundMessage> {
  const where = { tenantId_hookId_senderId: key };
  const first = await tx.inboundMessage.findUniqueOrThrow({ where });
  if (Buffer.from(first.fingerprint).equals(fingerprint)) return first;
  throw new AppError('IDEMPOTENCY_CONFLICT', {
    message: `A message with the id '${key.senderId}' came before, with other images; a new message has a new id.`,
  });
}

async function keepBytes(
  { blobs }: Services,
  tx: Tx,
  { tenantId, id, ready }: { tenantId: string; id: string; ready: ReadyImage[] },
): Promise<InboundMessage> {
  const where = { tenantId_id: { tenantId, id } };
  const kept = ready.flatMap(({ bytes }) => bytes ?? []);
  if (kept.length === 0) return tx.inboundMessage.findUniqueOrThrow({ where });
  const blobIds = (await blobs.putWithin(tx, tenantId, kept)).values();
  const images = ready.map(({ stored, bytes }) =>
    bytes ? { ...stored, content: { blobId: blobIds.next().value! } } : stored,
  );
  return tx.inboundMessage.update({ where, data: { images: toJson(images) } });
}

function toJson(images: StoredImage[]): Prisma.InputJsonArray {
  return images as unknown as Prisma.InputJsonArray;
}
