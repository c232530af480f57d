import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';

export interface Bucket {
  /** Of the server: the bucket is `/photos` there. */
  url: string;
  /** Where it tells of new objects, as `notify_webhook` of MinIO. */
  notify: { endpoint: string; authToken: string } | undefined;
  /** The statuses that it was answered with. */
  notified: number[];
  stop(): Promise<void>;
}

/** A bucket as S3 and MinIO show it: ListObjectsV2, two keys a page; its objects; PUT, which it tells of. */
export async function startBucket(objects: Record<string, Uint8Array> = {}): Promise<Bucket> {
  const server = createServer(async (request, response) => {
    const { pathname, searchParams } = new URL(request.url!, 'http://bucket');
    const key = decodeURIComponent(pathname.replace(/^\/photos\/?/, ''));
    if (key === '') list(Object.keys(objects).toSorted(), searchParams, response);
    else if (request.method === 'PUT') await put(key, request, response);
    else if (objects[key]) response.end(objects[key]);
    else response.writeHead(404).end();
  });
  const put = async (key: string, request: IncomingMessage, response: ServerResponse) => {
    objects[key] = await buffer(request);
    response.writeHead(200).end();
    if (!bucket.notify) return;
    const { endpoint, authToken } = bucket.notify;
    const headers = { 'content-type': 'application/json', authorization: `Bearer ${authToken}` };
    const answer = await fetch(endpoint, { method: 'POST', headers, body: JSON.stringify(toEvent(key)) });
    bucket.notified.push(answer.status);
  };
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  const bucket: Bucket = {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    notify: undefined,
    notified: [],
    async stop() {
      const closed = new Promise((resolve) => server.close(resolve));
      server.closeAllConnections();
      await closed;
    },
  };
  return bucket;
}

/** Keys come as `encoding-type=url` says, and in events: a space as a plus sign. */
const encode = (key: string) => encodeURIComponent(key).replaceAll('%20', '+');

function list(keys: string[], query: URLSearchParams, response: ServerResponse): void {
  const matching = keys.filter((key) => key.startsWith(query.get('prefix') ?? ''));
  const from = Number(query.get('continuation-token') ?? 0);
  const contents = matching
    .slice(from, from + 2)
    .map((key) => `<Contents><Key>${encode(key)}</Key><ETag>&quot;abc&quot;</ETag><Size>1</Size></Contents>`);
  const isTruncated = from + 2 < matching.length;
  const next = isTruncated ? `<NextContinuationToken>${from + 2}</NextContinuationToken>` : '';
  response.setHeader('content-type', 'application/xml');
  response.end(
    `<?xml version="1.0" encoding="UTF-8"?>\n<ListBucketResult xmlns="http://s3.amazonaws.com/doc/2006-03-01/"><Name>photos</Name><EncodingType>url</EncodingType><MaxKeys>2</MaxKeys><IsTruncated>${isTruncated}</IsTruncated>${contents.join('')}${next}</ListBucketResult>`,
  );
}

function toEvent(key: string): object {
  const s3 = {
    s3SchemaVersion: '1.0',
    bucket: { name: 'photos', arn: 'arn:aws:s3:::photos' },
    object: { key: encode(key), size: 1, eTag: 'abc', sequencer: '16C1' },
  };
  const eventName = 's3:ObjectCreated:Put';
  const record = {
    eventVersion: '2.0',
    eventSource: 'minio:s3',
    eventTime: new Date().toISOString(),
    eventName,
    s3,
  };
  return { EventName: eventName, Key: `photos/${encode(key)}`, Records: [record] };
}
