import type { MappedImage as MappedRow } from '../inbound/map-message.ts';
import type { Mapping } from '../inbound/mapping.ts';
import { fillMapping } from '../inbound/presets.ts';
import type { HmacHeader } from '../inbound/verify.ts';
import type {
  HmacHeaderInput,
  InboundHookMappingInput,
  InboundHookPreset,
  MappedImage,
} from '../schema/types.generated.ts';

/** A preset with what an input says otherwise. */
export function toMapping(
  preset: InboundHookPreset,
  input: InboundHookMappingInput | null | undefined,
): Mapping {
  const { images, metadata, ...others } = input ?? {};
  return fillMapping(preset, { ...others, images: images ?? undefined, metadata: metadata ?? undefined });
}

export function toHmacHeader(input: HmacHeaderInput | null | undefined): HmacHeader | undefined {
  return input ? { ...input, timestampHeader: input.timestampHeader ?? null } : undefined;
}

/** What the payload shows of images that a mapping has found. */
export function toMappedImages(images: readonly MappedRow[] | null): MappedImage[] | null {
  if (images === null) return null;
  return images.map(({ source, reference, metadata }) => ({
    url: 'url' in source ? source.url : null,
    reference,
    metadata,
  }));
}
