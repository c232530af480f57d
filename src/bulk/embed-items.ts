import { Readable } from 'node:stream';
import type { ImageSource } from '../classification/classify-input.ts';
import { embedImages, type EmbeddedImage } from '../classification/embed-images.ts';
import { nameOf, readKeptEmbeddings } from '../classification/kept-embeddings.ts';
import type { ReadImage } from '../classification/read-image.ts';
import type { ImageInfo } from '../classification/results.ts';
import { resolveTargets, type Target } from '../classification/targets.ts';
import { withImages } from '../classification/with-images.ts';
import type { Services } from '../context.ts';
import type { ClassificationJobItem } from '../database/generated/client.ts';
import { AppError } from '../errors.ts';
import type { ImageEmbedding } from '../inference/index.ts';
import { settingsOf } from './job-settings.ts';
import type { Chunk } from './run-chunk.ts';

/** Everything that the items of a chunk are scored from, in their order. */
export interface EmbeddedItems {
  sources: ImageSource[];
  images: ReadImage[];
  targets: Target[];
  /** [item][target]. */
  embeddings: EmbeddedImage[][];
}

/** Does `work` with the embeddings of new images, while these hold their places; they yield to those of requests. */
export async function embedNewItems<Result>(
  services: Services,
  { job, items, signal }: Chunk,
  work: (embedded: EmbeddedItems) => Promise<Result>,
): Promise<Result> {
  const { tenantId, apiKeyId, requestId } = job;
  const kept = await services.blobs.read(
    tenantId,
    items.flatMap(({ blobId }) => blobId ?? []),
  );
  const bodyBytes = kept.values().reduce((sum, { length }) => sum + length, 0);
  const sources = items.map((item) => toSource(item, kept));
  const caller = { tenantId, apiKeyId, requestId, bodyBytes, gateStay: null, signal };
  const contents = sources.map(({ content }) => content);
  return withImages(services, caller, contents, async (images) => {
    const targets = await resolveTargets(services, tenantId, settingsOf(job));
    const turn = { tenantId, signal, bulk: true };
    const embeddings = await embedImages(services.inference, turn, images, targets);
    return work({ sources, images, targets, embeddings });
  });
}

function toSource(item: ClassificationJobItem, kept: ReadonlyMap<string, Uint8Array>): ImageSource {
  const { url, blobId } = item;
  if (url !== null) return describe(item, { url });
  const bytes = kept.get(blobId!);
  const open = async () => {
    if (bytes) return Readable.from([bytes]);
    throw new AppError('IMAGE_FETCH_FAILED', {
      message: 'The bytes of the image are no longer kept: send it in a new job.',
    });
  };
  return describe(item, { open });
}

function describe(item: ClassificationJobItem, content: ImageSource['content']): ImageSource {
  const { reference, metadata } = item;
  return { content, reference, metadata: metadata as ImageSource['metadata'] };
}

/** Nothing was decoded or encoded. */
const NO_TIME: ImageEmbedding['timing'] = { decodeMs: 0, queueMs: 0, encodeMs: 0, batchSize: 0 };

/** The embeddings of images classified before, as they are kept. One that is not fails alone, as IMAGE_FETCH_FAILED. */
export async function readKeptItems(services: Services, { job, items }: Chunk): Promise<EmbeddedItems> {
  const { tenantId } = job;
  const targets = await resolveTargets(services, tenantId, settingsOf(job));
  const infos = items.map(({ image }) => image as unknown as ImageInfo);
  const keyOf = ({ sha256 }: ImageInfo, { model: { imageRevision } }: Target) => ({ imageRevision, sha256 });
  const keys = infos.flatMap((info) => targets.map((target) => keyOf(info, target)));
  const kept = await readKeptEmbeddings(services.db, tenantId, keys);
  const embed = ({ sha256, ...image }: ImageInfo, target: Target): EmbeddedImage => {
    const embedding = kept.get(nameOf(keyOf({ sha256, ...image }, target)));
    if (!embedding) return { error: notKept(target) };
    return { embedding, image: image as ImageEmbedding['image'], timing: NO_TIME };
  };
  return {
    targets,
    sources: items.map((item) => describe(item, { base64: '' })),
    images: infos.map(({ sha256 }) => ({ bytes: new Uint8Array(), sha256, readAt: performance.now() })),
    embeddings: infos.map((info) => targets.map((target) => embed(info, target))),
  };
}

function notKept({ model: { id } }: Target): AppError {
  const message = `No embedding of the image by the image encoder of '${id}' is kept: send the image in a new job.`;
  return new AppError('IMAGE_FETCH_FAILED', { message });
}
