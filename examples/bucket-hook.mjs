// API_KEY=txl_… node bucket-hook.mjs https://minio.example photos: each picture that is put into a bucket of MinIO from
// now on is classified. The bucket tells the server of it, and the server fetches it: no program has to run.
import { createClient, unwrap } from '@taxolens/client';

const url = process.env.SERVER_URL ?? 'http://127.0.0.1:4000';
const client = createClient({ url, key: process.env.API_KEY });
const [store, bucket] = process.argv.slice(2);

const { taxonomy } = await client.request('{ taxonomy(by: { name: "five-labels" }) { id } }', {});
const created = await client.request(
  `mutation ($input: CreateInboundHookInput!) {
    createInboundHook(input: $input) { hook { url } secret userErrors { code message path } }
  }`,
  {
    input: {
      name: `bucket ${bucket}`,
      taxonomyId: taxonomy.id,
      scheme: 'BEARER',
      preset: 'S3',
      mapping: { url: `${store}/{$.s3.bucket.name}/{$.s3.object.key|decoded}` },
    },
  },
);
const { hook, secret } = unwrap(created.createInboundHook);
console.log(`mc admin config set minio notify_webhook:taxolens \\
  endpoint="${new URL(hook.url, url)}" auth_token="${secret}" queue_dir=/data/events
mc admin service restart minio
mc event add minio/${bucket} arn:minio:sqs::taxolens:webhook --event put`);
