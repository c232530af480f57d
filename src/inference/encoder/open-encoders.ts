import { join } from 'node:path';
import { AppError } from '../../errors.ts';
import { createImageEncoder } from './image-encoder.ts';
import { openSession } from './session.ts';
import { createTextEncoder } from './text-encoder.ts';
import { loadTokenizer } from './tokenizer.ts';
import type { Model } from '../models/model.ts';
import type { ImageEncoder } from './image-encoder.ts';
import type { TextEncoder } from './text-encoder.ts';

export interface OpenEncoders {
  images: ImageEncoder;
  texts: TextEncoder;
  provider: string;
  /** Providers that were asked for first and could not be used: for the log. */
  refused: ProviderFailure[];
}

export interface ProviderFailure {
  provider: string;
  reason: string;
  remedy: string;
}

const REMEDIES: Record<string, string> = {
  cuda: 'Run `node node_modules/onnxruntime-node/script/install.js --onnxruntime-node-install=cuda12` on Linux x64, with CUDA 12 and cuDNN 9 installed.',
  tensorrt: 'Install TensorRT 10 beside CUDA 12, and the CUDA provider as for `cuda`.',
  webgpu: 'Install a Vulkan driver for the graphics card (in containers: pass the device and its driver in).',
  dml: 'DirectML is available on Windows only.',
  coreml: 'CoreML is available on macOS only.',
};

/**
 * Opens both encoders on the first provider that really runs them: the runtime itself throws instead of trying the
 * next. Throws MODEL_NOT_AVAILABLE with every provider's reason.
 */
export async function openEncoders(model: Model, providers: readonly string[]): Promise<OpenEncoders> {
  const tokenizer = await loadTokenizer(model.directory, model).catch((cause: unknown) => {
    const message = `The tokenizer of model ${model.id} cannot be read from ${model.directory}: ${String(cause)}`;
    throw new AppError('MODEL_NOT_AVAILABLE', { message, cause });
  });
  const refused: ProviderFailure[] = [];
  for (const provider of providers) {
    try {
      const vision = await openSession(join(model.directory, model.graphs.image), provider);
      const text = await openSession(join(model.directory, model.graphs.text), provider);
      const images = createImageEncoder(vision, model);
      const texts = createTextEncoder(text, tokenizer, model);
      // Some providers open a graph that they cannot run.
      const { crop } = model.preprocessing;
      await images.encode(new Uint8Array(crop.width * crop.height * 3).fill(127), 1);
      await texts.encode(['a']);
      return { images, texts, provider, refused };
    } catch (error) {
      refused.push({
        provider,
        reason: error instanceof Error ? error.message : String(error),
        remedy: REMEDIES[provider] ?? 'Known providers are cuda, tensorrt, webgpu, coreml, dml and cpu.',
      });
    }
  }
  const reasons = refused.map(({ provider, reason }) => `${provider}: ${reason}`).join('; ');
  const message = `The encoders of model ${model.id} in ${model.directory}/onnx cannot be run. ${reasons}. Export them again, or name other execution providers.`;
  throw new AppError('MODEL_NOT_AVAILABLE', { message });
}
