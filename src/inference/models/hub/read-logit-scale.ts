import { readSafetensors, refusal } from '../convert/index.ts';
import type { RepositoryFile } from './repository.ts';

export interface LogitScale {
  /** The multiplier itself, not its logarithm. */
  scale: number;
  bias: number;
}

/**
 * Reads the two trained scalars out of a safetensors file by its header: some kilobytes of a checkpoint that is not
 * fetched. Undefined where it has no scale. Throws MODEL_NOT_AVAILABLE where it is no such file.
 */
export async function readLogitScale({ path, bytes, read }: RepositoryFile): Promise<LogitScale | undefined> {
  const tensors = await readSafetensors({
    path,
    size: bytes,
    async read(position, length) {
      const part = await read(position, length);
      if (part.length !== length) throw refusal(path, `${part.length} bytes of it came where ${length} were asked for`);
      return Buffer.from(Uint8Array.from(part).buffer);
    },
  });
  const readNumber = async (name: string) => {
    const tensor = tensors.get(name);
    if (tensor?.shape.some((size) => size !== 1)) {
      throw refusal(path, `its tensor ${name} is [${tensor.shape.join(', ')}], not one number`);
    }
    return (await tensor?.read())?.[0];
  };
  const logarithm = await readNumber('logit_scale');
  if (logarithm === undefined) return undefined;
  return { scale: Math.exp(logarithm), bias: (await readNumber('logit_bias')) ?? 0 };
}
