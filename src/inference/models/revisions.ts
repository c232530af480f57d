import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import type { Model } from './model.ts';

/** What decides an embedding or a score, beside the files. */
export type DecisiveSettings = Pick<
  Model,
  | 'dimension'
  | 'contextLength'
  | 'logitScale'
  | 'logitBias'
  | 'activation'
  | 'textPadding'
  | 'textCleanup'
  | 'textMask'
  | 'preprocessing'
>;

export interface RevisionInput {
  root: string;
  /** Paths inside it. */
  files: readonly string[];
  graphs: Model['graphs'];
  settings: DecisiveSettings;
  /** Names the weights of the image encoder where the same ones may stand in different graphs. */
  imageTowerSha256?: string | undefined;
}

/**
 * sha256, hex, of what decides an image embedding, a text embedding and a score: weights with their external data,
 * tokenizer and settings; not names, licences or prose. Models with equal `imageRevision` share one image encoder.
 */
export async function hashRevisions({ root, files, graphs, settings, imageTowerSha256 }: RevisionInput) {
  const { dimension, preprocessing, contextLength, textPadding, textCleanup, textMask } = settings;
  const { logitScale, logitBias, activation } = settings;
  const of = (wanted: (file: string) => boolean) => hashFiles(root, files.filter(wanted));
  const image = await of((file) => file.startsWith(graphs.image));
  const text = await of((file) => file.startsWith(graphs.text) || /^tokenizer.*\.json$/.test(file));
  const textRevision = hash([text, dimension, contextLength, textPadding, textCleanup, textMask]);
  return {
    // The name of a graph says its precision.
    imageRevision: hash([imageTowerSha256 ? [imageTowerSha256, graphs.image] : image, dimension, preprocessing]),
    textRevision,
    revision: hash([image, dimension, preprocessing, textRevision, logitScale, logitBias, activation]),
  };
}

/** Names and contents, whatever the order in which the system lists them. */
async function hashFiles(root: string, files: readonly string[]): Promise<string[]> {
  const hashes: string[] = [];
  for (const file of files.toSorted()) {
    const content = createHash('sha256');
    await pipeline(createReadStream(join(root, file)), content);
    hashes.push(`${file} ${content.digest('hex')}`);
  }
  return hashes;
}

function hash(parts: unknown): string {
  return createHash('sha256').update(JSON.stringify(parts)).digest('hex');
}
