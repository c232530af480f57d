import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface Bucket {
  /** With its name, without a slash at the end. */
  url: string;
  stop(): Promise<void>;
}

/** A bucket as S3 and MinIO show it to readers: ListObjectsV2, two keys a page, and the objects. */
export async function startBucket(objects: Record<string, Uint8Array>): Promise<Bucket> {
  const keys = Object.keys(objects).toSorted();
  const server = createServer((request, response) => {
    const { pathname, searchParams } = new URL(request.url!, 'http://bucket');
    const key = decodeURIComponent(pathname.replace(/^\/photos\/?/, ''));
    if (key !== '') {
      const object = objects[key];
      if (object) response.end(object);
      else response.writeHead(404).end();
      return;
    }
    const matching = keys.filter((one) => one.startsWith(searchParams.get('prefix') ?? ''));
    const from = Number(searchParams.get('continuation-token') ?? 0);
    const contents = matching.slice(from, from + 2).map(describe);
    const isTruncated = from + 2 < matching.length;
    const next = isTruncated ? `<NextContinuationToken>${from + 2}</NextContinuationToken>` : '';
    response.setHeader('content-type', 'application/xml');
    response.end(
      `<?xml version="1.0" encoding="UTF-8"?>\n<ListBucketResult xmlns="http://s3.amazonaws.com/doc/2006-03-01/"><Name>photos</Name><EncodingType>url</EncodingType><KeyCount>${contents.length}</KeyCount><MaxKeys>2</MaxKeys><IsTruncated>${isTruncated}</IsTruncated>${contents.join('')}${next}</ListBucketResult>`,
    );
  });
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/photos`,
    async stop() {
      const closed = new Promise((resolve) => server.close(resolve));
      server.closeAllConnections();
      await closed;
    },
  };
}

/** Keys come as `encoding-type=url` says: a space as a plus sign, slashes as they are. */
function describe(key: string): string {
  const text = encodeURIComponent(key).replaceAll('%20', '+').replaceAll('%2F', '/');
  return `<Contents><Key>${text}</Key><ETag>&quot;d41d8cd98f00b204e9800998ecf8427e&quot;</ETag><Size>1</Size></Contents>`;
}
