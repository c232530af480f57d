import { join } from 'node:path';
import { AppError } from '../../../errors.ts';
import { isMissingRepository } from '../hub/hub-errors.ts';
import { openHubRepository } from '../hub/hub-repository.ts';
import { findLocalRepository, openLocalRepository } from '../hub/local-repository.ts';
import { nameSource, type Manifest, type Source } from '../registry/manifest.ts';
import { pinRepository, type Pins } from './pins.ts';
import { reuseInstalled } from './reuse-installed.ts';
import type { Hub } from '../hub/hub.ts';
import type { Repository } from '../hub/repository.ts';

export interface SourceOptions {
  manifest: Manifest;
  modelsDir: string;
  hub: Hub;
  pins: Pins;
  /** A directory of copies, instead of the hub. */
  from: string | undefined;
}

export interface Sources {
  image: EncoderSources;
  text: EncoderSources;
  /** Where a tokenizer may be, the likeliest first. */
  tokenizers: Repository[];
}

export interface EncoderSources {
  checkpoint: Repository;
  /** A published export. */
  ready: Repository | undefined;
}

/** Where downloads stand until their model is complete. */
export const downloadsDirOf = (modelsDir: string) => join(modelsDir, '.downloads');

/** Opens every repository that a manifest names. Throws MODEL_NOT_AVAILABLE where a directory of copies lacks one. */
export async function openSources(options: SourceOptions): Promise<Sources> {
  const { image, text } = options.manifest;
  const opened = new Map<string, Repository | undefined>();
  const open = async (source: Source | undefined): Promise<Repository | undefined> => {
    if (!source) return undefined;
    const name = nameSource(source);
    if (!opened.has(name)) opened.set(name, await openSource(source, options));
    return opened.get(name);
  };
  const openEncoder = async (encoder: { source: Source; onnx?: Source | undefined }) => ({
    checkpoint: (await open(encoder.source)) ?? refuseMissing(encoder.source, options),
    ready: optional(await open(encoder.onnx)),
  });
  const sources = { image: await openEncoder(image), text: await openEncoder(text) };
  const tokenizers = [sources.text.ready, sources.text.checkpoint, optional(await open(text.tokenizer))];
  return { ...sources, tokenizers: tokenizers.filter((one) => one !== undefined) };
}

async function openSource(source: Source, options: SourceOptions): Promise<Repository | undefined> {
  const { hub, modelsDir, from, pins, manifest } = options;
  // A directory of one's own changes when one trains again: nothing of it is pinned.
  if ('directory' in source) return openLocalRepository(source.directory, source.directory);
  const { repo } = source;
  const name = nameSource(source);
  const revision = pins.sources[name]?.commit ?? source.revision;
  const repository =
    from === undefined
      ? openHubRepository({ hub, repo, name, revision, downloadsDir: downloadsDirOf(modelsDir) })
      : await findLocalRepository({ repo, name, revision }, { directory: from, isOnlyOne: hasOneSource(manifest) });
  return repository && reuseInstalled(pinRepository(repository, pins), { modelsDir, pins });
}

/** Exports come and go: where one is gone, there is the checkpoint. */
function optional(repository: Repository | undefined): Repository | undefined {
  if (!repository) return undefined;
  const find: Repository['find'] = (paths) =>
    repository.find(paths).catch((error: unknown) => {
      if (isMissingRepository(error)) return undefined;
      throw error;
    });
  return { ...repository, find };
}

/** Exports beside, all files are of one repository: a directory may then be it. */
function hasOneSource({ image, text }: Manifest): boolean {
  return nameSource(image.source) === nameSource(text.source);
}

function refuseMissing(source: Source, { from }: SourceOptions): never {
  const name = nameSource(source);
  const [owner, repo] = name.split(/[/@]/);
  const message =
    `${from} has no copy of ${name}. Looked for ${owner}/${repo}, ${repo}, and models--${owner}--${repo}/snapshots ` +
    `as the hub's own cache has them.`;
  throw new AppError('MODEL_NOT_AVAILABLE', { message });
}
