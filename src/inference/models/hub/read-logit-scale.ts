import { AppError } from '../../../errors.ts';
import type { RepositoryFile } from './repository.ts';

export interface LogitScale {
  /** The multiplier itself, not its logarithm. */
  scale: number;
  bias: number;
}

const MAX_HEADER_BYTES = 100_000_000;

interface TensorEntry {
  dtype: string;
  data_offsets: [number, number];
}

/**
 * Reads the two trained scalars out of a safetensors file by its header: some kilobytes of a checkpoint that is not
 * fetched. Undefined where it has no scale. Throws MODEL_NOT_AVAILABLE where it is no such file.
 */
export async function readLogitScale(file: RepositoryFile): Promise<LogitScale | undefined> {
  const length = Number((await file.read(0, 8)).readBigUInt64LE());
  if (length > Math.min(MAX_HEADER_BYTES, file.bytes - 8)) throw refuse(file, 'its header ends outside of it');
  const header = parseHeader(file, await file.read(8, length));
  const read = async (name: string) => {
    const entry = header[name];
    return entry && readScalar(file, entry, 8 + length);
  };
  const logarithm = await read('logit_scale');
  if (logarithm === undefined) return undefined;
  return { scale: Math.exp(logarithm), bias: (await read('logit_bias')) ?? 0 };
}

function parseHeader(file: RepositoryFile, bytes: Buffer): Record<string, TensorEntry | undefined> {
  try {
    return JSON.parse(bytes.toString()) as Record<string, TensorEntry | undefined>;
  } catch {
    throw refuse(file, 'its header is no JSON');
  }
}

async function readScalar(file: RepositoryFile, { dtype, data_offsets: [start, end] }: TensorEntry, data: number) {
  const isFloat = dtype === 'F32' && end - start === 4;
  if (!isFloat) throw refuse(file, `its logit scale is ${dtype} of ${end - start} bytes, not one F32`);
  return (await file.read(data + start, 4)).readFloatLE();
}

function refuse({ path }: RepositoryFile, problem: string): AppError {
  return new AppError('MODEL_NOT_AVAILABLE', { message: `${path} is no safetensors file that can be read: ${problem}.` });
}
