/** A notification of an S3 bucket or MinIO, as their documentation shows it: two objects made, one deleted. */
export const S3_EVENT = {
  EventName: 's3:ObjectCreated:Put',
  Key: 'photos/two+cats%281%29.jpg',
  Records: [
    toRecord('s3:ObjectCreated:Put', {
      key: 'two+cats%281%29.jpg',
      size: 52_000,
      eTag: 'abc',
      sequencer: '16C1',
    }),
    toRecord('s3:ObjectCreated:Copy', { key: 'a%2Fb.png', size: 1, eTag: 'def', sequencer: '16C2' }),
    toRecord('s3:ObjectRemoved:Delete', { key: 'gone.jpg', sequencer: '16C3' }),
  ],
};

function toRecord(eventName: string, object: object) {
  return {
    eventVersion: '2.0',
    eventSource: 'minio:s3',
    awsRegion: '',
    eventTime: '2026-01-31T12:00:00.000Z',
    eventName,
    s3: {
      s3SchemaVersion: '1.0',
      configurationId: 'Config',
      bucket: { name: 'photos', arn: 'arn:aws:s3:::photos' },
      object,
    },
  };
}

/** The publication of an asset in Contentful. */
export const CONTENTFUL_EVENT = {
  metadata: { tags: [] },
  sys: { type: 'Asset', id: '5uQk1Y', revision: 3, space: { sys: { type: 'Link', id: 'space' } } },
  fields: {
    title: { 'en-US': 'Two cats' },
    file: {
      'en-US': {
        url: '//images.ctfassets.example/space/5uQk1Y/two-cats.jpg',
        details: { size: 52_000, image: { width: 640, height: 480 } },
        fileName: 'two-cats.jpg',
        contentType: 'image/jpeg',
      },
    },
  },
};

/** What Contentful sends when an asset is no longer published. */
export const CONTENTFUL_REMOVAL = { sys: { type: 'DeletedAsset', id: '5uQk1Y', revision: 3 } };

/** An upload notification of Cloudinary. */
export const CLOUDINARY_EVENT = {
  notification_type: 'upload',
  timestamp: '2026-01-31T12:00:00+00:00',
  request_id: '17b8a0',
  asset_id: 'b5e6d2',
  public_id: 'shop/two-cats',
  version: 1_769_860_800,
  width: 640,
  height: 480,
  format: 'jpg',
  resource_type: 'image',
  tags: ['cat', 'new'],
  folder: 'shop',
  url: 'http://res.cloudinary.example/demo/two-cats.jpg',
  secure_url: 'https://res.cloudinary.example/demo/two-cats.jpg',
};
