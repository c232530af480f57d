import { TaxolensError, unwrap } from './errors.ts';
import type { VersionFragment } from './operations.generated.ts';
import { PUBLISH, READ_VERSION } from './operations.ts';
import type { CallOptions, Request } from './request.ts';
import { pause } from './retries.ts';
import type { PublishTaxonomyInput } from './schema.generated.ts';

export type Version = VersionFragment;

export interface PublishOptions extends CallOptions {
  /** Told of the version each time that it is looked at. */
  onProgress?: (version: Version) => void;
}

const LOOK_MS = 1_000;

/**
 * Publishes a draft; the version once it is READY, with what it warns of. Throws TaxolensUserError, TaxolensError
 * with code PUBLISH_FAILED where it cannot become READY.
 */
export async function publish(
  request: Request,
  input: PublishTaxonomyInput,
  { onProgress, signal }: PublishOptions = {},
): Promise<Version> {
  const variables = { input: { idempotencyKey: crypto.randomUUID(), ...input } };
  let version = unwrap((await request(PUBLISH, variables, { signal })).publishTaxonomy).version!;
  for (;;) {
    onProgress?.(version);
    if (version.state === 'READY') return version;
    if (version.state === 'FAILED') {
      throw new TaxolensError('PUBLISH_FAILED', `Version ${version.number}: ${version.failure}`);
    }
    await pause(LOOK_MS, signal);
    version = await readVersion(request, version.id, signal);
  }
}

async function readVersion(request: Request, id: string, signal?: AbortSignal): Promise<Version> {
  const { node } = await request(READ_VERSION, { id }, { signal });
  if (node && 'number' in node) return node as Version;
  throw new TaxolensError('NOT_FOUND', `There is no version ${id}.`);
}
