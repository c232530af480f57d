// The exported model on plain onnxruntime: pictures or texts in, unit vectors out.
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import path from 'node:path';
import * as ort from 'onnxruntime-node';
import { AutoTokenizer, env } from '@huggingface/transformers';

export const modelFolder = fileURLToPath(new URL('../demo/', import.meta.url));
const options = { intraOpNumThreads: 1, interOpNumThreads: 1 };

function unit(values, dim) {
  const vectors = [];
  for (let start = 0; start < values.length; start += dim) {
    const vector = values.slice(start, start + dim);
    const length = Math.hypot(...vector);
    vectors.push(vector.map((value) => value / length));
  }
  return vectors;
}

/** Opens both encoders and the tokenizer of a model directory. */
export async function openModel(folder = modelFolder) {
  env.allowRemoteModels = false;
  env.localModelPath = path.dirname(path.resolve(folder));
  const tokenizer = await AutoTokenizer.from_pretrained(path.basename(path.resolve(folder)));
  const vision = await ort.InferenceSession.create(path.join(folder, 'onnx/vision_model.onnx'), options);
  const text = await ort.InferenceSession.create(path.join(folder, 'onnx/text_model.onnx'), options);
  const { image_mean: mean, image_std: std } = JSON.parse(readFileSync(path.join(folder, 'preprocessor_config.json'), 'utf8'));
  const { logitScale } = JSON.parse(readFileSync(path.join(folder, 'taxolens.json'), 'utf8'));

  /** pixels: float32 [n, 3, 64, 64], normalised. */
  async function encodePixels(pixels) {
    const count = pixels.length / (3 * 64 * 64);
    const { image_embeds: out } = await vision.run({ pixel_values: new ort.Tensor('float32', pixels, [count, 3, 64, 64]) });
    return { raw: Array.from(out.data), vectors: unit(Array.from(out.data), out.dims[1]) };
  }

  /** bytes: uint8 [n, 64, 64, 3]. */
  async function encodeImages(bytes, batch = 100) {
    const one = 64 * 64 * 3;
    const vectors = [];
    for (let start = 0; start < bytes.length; start += one * batch) {
      const part = bytes.subarray(start, start + one * batch);
      const pixels = new Float32Array(part.length);
      for (let i = 0; i < part.length; i += 1) {
        const image = Math.floor(i / one);
        const place = i % one;
        const channel = place % 3;
        pixels[image * one + channel * 4096 + (place - channel) / 3] = (part[i] / 255 - mean[channel]) / std[channel];
      }
      vectors.push(...(await encodePixels(pixels)).vectors);
    }
    return vectors;
  }

  /** Texts in one padded batch. */
  async function encodeTexts(texts) {
    const { input_ids: ids, attention_mask: mask } = tokenizer(texts, { padding: true, truncation: true });
    const tensor = (source) => new ort.Tensor('int64', source.data, source.dims);
    const { text_embeds: out } = await text.run({ input_ids: tensor(ids), attention_mask: tensor(mask) });
    return { ids: ids.tolist().map((row) => row.map(Number)), raw: Array.from(out.data), vectors: unit(Array.from(out.data), out.dims[1]) };
  }
  return { encodePixels, encodeImages, encodeTexts, tokenizer, logitScale };
}

/** Cosine of each image with each text: [images][texts]. */
export const similarities = (images, texts) =>
  images.map((image) => texts.map((text) => text.reduce((sum, value, i) => sum + value * image[i], 0)));
