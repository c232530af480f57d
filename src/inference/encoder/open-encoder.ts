import { AppError } from '../../errors.ts';
import { openSession } from './session.ts';
import type { Session } from './session.ts';

export interface OpenEncoder<Encoder> {
  encoder: Encoder;
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
 * Opens a graph on the first provider that really runs it: the runtime itself throws instead of trying the next.
 * `open` makes an encoder of the session and tries it. Throws MODEL_NOT_AVAILABLE with every provider's reason.
 */
export async function openEncoder<Encoder>(
  { file, providers }: { file: string; providers: readonly string[] },
  open: (session: Session) => Promise<Encoder>,
): Promise<OpenEncoder<Encoder>> {
  const refused: ProviderFailure[] = [];
  for (const provider of providers) {
    try {
      const encoder = await open(await openSession(file, provider));
      return { encoder, provider, refused };
    } catch (error) {
      refused.push({
        provider,
        reason: error instanceof Error ? error.message : String(error),
        remedy: REMEDIES[provider] ?? 'Known providers are cuda, tensorrt, webgpu, coreml, dml and cpu.',
      });
    }
  }
  const reasons = refused.map(({ provider, reason }) => `${provider}: ${reason}`).join('; ');
  const message = `The encoder ${file} cannot be run. ${reasons}. Export it again, or name other execution providers.`;
  throw new AppError('MODEL_NOT_AVAILABLE', { message });
}
