import { readFileSync, readdirSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { z } from 'zod';
import { AppError } from '../../../errors.ts';
import { checkPair } from './check-pair.ts';
import { manifestSchema, type Manifest, type Source } from './manifest.ts';

const MANIFESTS = join(import.meta.dirname, 'manifests');

/** The manifests that come with Taxolens, by id. */
export function listManifests(): Manifest[] {
  return readdirSync(MANIFESTS)
    .filter((file) => file.endsWith('.json'))
    .map((file) => parseManifest(readFileSync(join(MANIFESTS, file), 'utf8'), join(MANIFESTS, file)))
    .toSorted((one, other) => one.id.localeCompare(other.id));
}

/** A built-in manifest by its id, or one from a file. Throws INVALID_INPUT that says what is wrong or what there is. */
export async function findManifest(idOrFile: string): Promise<Manifest> {
  if (idOrFile.endsWith('.json')) return readManifest(idOrFile);
  const manifests = listManifests();
  const found = manifests.find(({ id }) => id === idOrFile);
  if (found) return found;
  const message =
    `There is no model '${idOrFile}' in the registry; there is ${manifests.map(({ id }) => id).join(', ')}. ` +
    `Another one is added by a manifest file, "taxolens model add ./my-model.json": docs/models.md shows one.`;
  throw new AppError('INVALID_INPUT', { message });
}

async function readManifest(file: string): Promise<Manifest> {
  const text = await readFile(file, 'utf8').catch((cause: unknown) => {
    throw new AppError('INVALID_INPUT', { message: `The manifest ${file} cannot be read: ${String(cause)}.`, cause });
  });
  return parseManifest(text, file);
}

function parseManifest(text: string, file: string): Manifest {
  try {
    const manifest = placeDirectories(manifestSchema.parse(JSON.parse(text)), dirname(resolve(file)));
    checkPair(manifest);
    return manifest;
  } catch (cause) {
    if (cause instanceof AppError) throw cause;
    const reason = cause instanceof z.ZodError ? z.prettifyError(cause) : String(cause);
    const message = `The manifest ${file} cannot be used: ${reason}. docs/models.md shows one.`;
    throw new AppError('INVALID_INPUT', { message, cause });
  }
}

/** Directories in a manifest are relative to it. */
function placeDirectories({ image, text, ...manifest }: Manifest, base: string): Manifest {
  const place = (source: Source): Source =>
    'directory' in source ? { directory: resolve(base, source.directory) } : source;
  return {
    ...manifest,
    image: { ...image, source: place(image.source), ...(image.onnx && { onnx: place(image.onnx) }) },
    text: {
      ...text,
      source: place(text.source),
      ...(text.onnx && { onnx: place(text.onnx) }),
      ...(text.tokenizer && { tokenizer: place(text.tokenizer) }),
    },
  };
}
