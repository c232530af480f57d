// API_KEY=txl_… node bucket.mjs https://bucket.s3.amazonaws.com photos/: classifies what an S3-like bucket has under a
// prefix. The server fetches the pictures by URL: they never pass through here. For a private bucket, sign the URLs.
import { createClient } from '@taxolens/client';

const url = process.env.SERVER_URL ?? 'http://127.0.0.1:4000';
const client = createClient({ url, key: process.env.API_KEY });
const [bucket, prefix = ''] = process.argv.slice(2);

/** The keys of a bucket, page by page (ListObjectsV2). */
async function* listKeys() {
  const find = (xml, name) => xml.match(new RegExp(`(?<=<${name}>)[^<]*`, 'g')) ?? [];
  for (let token = ''; token !== undefined;) {
    const query = new URLSearchParams({ 'list-type': '2', 'encoding-type': 'url', prefix });
    if (token) query.set('continuation-token', token);
    const response = await fetch(`${bucket}/?${query}`);
    const xml = await response.text();
    if (!response.ok) throw new Error(xml);
    yield* find(xml, 'Key').map((key) => decodeURIComponent(key.replaceAll('+', ' ')));
    [token] = find(xml, 'NextContinuationToken');
  }
}

const images = [];
for await (const key of listKeys()) {
  const path = key.split('/').map(encodeURIComponent).join('/');
  images.push({ source: { url: `${bucket}/${path}` }, reference: key });
}

const { id } = await client.createJob({ images, taxonomies: ['five-labels'], topK: 1 });
const { counts } = await client.waitForJob(id);
console.log(`${counts.succeeded} classified, ${counts.failed} failed`);
for await (const { reference, outcomes } of client.jobItems(id)) {
  const [outcome] = outcomes;
  console.log(`${reference}: ${'code' in outcome ? outcome.code : outcome.predictions[0]?.name}`);
}
