// Checks the exported directory: the tokenizer gives Python's ids, ONNX gives torch's vectors, padding changes nothing,
// and transformers.js loads both halves as they are. Run export.py first; it writes the probe.
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { CLIPTextModelWithProjection, CLIPVisionModelWithProjection, AutoProcessor, RawImage } from '@huggingface/transformers';
import { modelFolder, openModel } from './encoders.mjs';

const probe = JSON.parse(readFileSync(new URL('./evaluation/work/probe.json', import.meta.url), 'utf8'));
const model = await openModel();
const worst = (left, right) => left.reduce((most, value, i) => Math.max(most, Math.abs(value - right[i])), 0);
const cosine = (left, right) => {
  const dot = (a, b) => a.reduce((sum, value, i) => sum + value * b[i], 0);
  return dot(left, right) / Math.sqrt(dot(left, left) * dot(right, right));
};
const rows = (flat, dim) => Array.from({ length: flat.length / dim }, (_, i) => flat.slice(i * dim, (i + 1) * dim));
const failures = [];
const expect = (holds, what) => { console.log(`${holds ? 'ok  ' : 'FAIL'} ${what}`); if (!holds) failures.push(what); };

const together = await model.encodeTexts(probe.texts);
probe.texts.forEach((text, i) => {
  const ids = together.ids[i].slice(0, probe.tokenIds[i].length);
  expect(JSON.stringify(ids) === JSON.stringify(probe.tokenIds[i]), `token ids of ${JSON.stringify(text)}`);
});
const dim = probe.textEmbeds[0].length;
const texts = rows(together.raw, dim);
expect(texts.every((row, i) => cosine(row, probe.textEmbeds[i]) > 0.9999), `text vectors equal torch's (cosine at least ${Math.min(...texts.map((row, i) => cosine(row, probe.textEmbeds[i]))).toFixed(6)})`);
let padding = 0;
for (const [i, text] of probe.texts.entries()) padding = Math.max(padding, worst((await model.encodeTexts([text])).raw, texts[i]));
expect(padding < 1e-5, `padding changes a vector by at most ${padding.toExponential(1)}`);
const images = rows((await model.encodePixels(Float32Array.from(probe.pixels))).raw, dim);
expect(images.every((row, i) => cosine(row, probe.imageEmbeds[i]) > 0.9999), `image vectors equal torch's (cosine at least ${Math.min(...images.map((row, i) => cosine(row, probe.imageEmbeds[i]))).toFixed(6)})`);

const name = path.basename(modelFolder);
const vision = await CLIPVisionModelWithProjection.from_pretrained(name, { dtype: 'fp32' });
const text = await CLIPTextModelWithProjection.from_pretrained(name, { dtype: 'fp32' });
const processor = await AutoProcessor.from_pretrained(name);
const picture = new RawImage(new Uint8Array(80 * 64 * 3).fill(200), 80, 64, 3);
const { image_embeds: image } = await vision(await processor(picture));
const { text_embeds: words } = await text(model.tokenizer(probe.texts, { padding: true, truncation: true }));
expect(image.dims.join() === `1,${dim}`, `transformers.js encodes an image to [${image.dims}]`);
expect(worst(Array.from(words.data), together.raw) < 1e-5, `transformers.js encodes texts to [${words.dims}], as onnxruntime does`);
process.exitCode = failures.length > 0 ? 1 : 0;
