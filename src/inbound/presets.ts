import type { Mapping } from './mapping.ts';

/** The same names as the GraphQL enum `InboundHookPreset`. */
export type Preset = 'PLAIN' | 'S3' | 'CONTENTFUL' | 'CLOUDINARY';

/** A mapping as its maker writes it; what is left out is the preset's. */
export type MappingInput = { [Field in keyof Mapping]?: Mapping[Field] | undefined };

const PRESETS: Record<Preset, Mapping> = {
  PLAIN: {
    images: '$',
    url: '$.url',
    base64: null,
    reference: '$.reference',
    metadata: [],
    id: '$.id',
  },
  // Objects that were deleted have no eTag. Several events may tell of the same key: the body is what is known again.
  S3: {
    images: '$.Records[?@.s3.object.eTag]',
    url: null,
    base64: null,
    reference: '{$.s3.bucket.name}/{$.s3.object.key|decoded}',
    metadata: [
      { name: 'bucket', path: '$.s3.bucket.name' },
      { name: 'key', path: '$.s3.object.key' },
      { name: 'eTag', path: '$.s3.object.eTag' },
      { name: 'event', path: '$.eventName' },
    ],
    id: null,
  },
  // Of an asset, in each of its locales; its URLs come without a scheme.
  CONTENTFUL: {
    images: '$.fields.file.*',
    url: 'https:{+$.url}',
    base64: null,
    reference: '$.fileName',
    metadata: [{ name: 'contentType', path: '$.contentType' }],
    id: '{$.sys.id}/{$.sys.revision}',
  },
  // Of an upload; other notifications (a deletion, a rename) name no such URL.
  CLOUDINARY: {
    images: '$',
    url: '$.secure_url',
    base64: null,
    reference: '$.public_id',
    metadata: [
      { name: 'assetId', path: '$.asset_id' },
      { name: 'folder', path: '$.folder' },
      { name: 'tags', path: '$.tags' },
    ],
    id: '{$.public_id}/{$.version}',
  },
};

/** A preset with what its user says otherwise. Where the image comes as base64, no URL of the preset is meant. */
export function fillMapping(preset: Preset, input: MappingInput): Mapping {
  const given = Object.fromEntries(Object.entries(input).filter(([, value]) => value !== undefined));
  const base = PRESETS[preset];
  const url = typeof input.base64 === 'string' ? null : base.url;
  return { ...base, url, ...given } as Mapping;
}
