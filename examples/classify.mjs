// API_KEY=txl_… node classify.mjs two-cats.jpg one-dog.jpg: the best label of each picture.
import { readFile } from 'node:fs/promises';
import { createClient } from '@taxolens/client';

const url = process.env.SERVER_URL ?? 'http://127.0.0.1:4000';
const client = createClient({ url, key: process.env.API_KEY });

const images = await Promise.all(
  process.argv.slice(2).map(async (path) => ({ source: { upload: await readFile(path) }, reference: path })),
);
const results = await client.classify({ images, taxonomies: ['five-labels'], topK: 1 });

for (const { reference, outcomes } of results) {
  for (const outcome of outcomes) {
    if ('code' in outcome) console.log(`${reference}: ${outcome.code}: ${outcome.message}`);
    else
      for (const { name, score } of outcome.predictions)
        console.log(`${reference}: ${name} ${score.toFixed(3)}`);
  }
}
