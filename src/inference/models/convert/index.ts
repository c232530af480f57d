/** Turns a published checkpoint into an ONNX graph. Reads and writes files; knows no hub and no registry. */
export { convertCheckpoint } from './convert-checkpoint.ts';
export { ARCHITECTURES } from './conversion.ts';
export type { Architecture, ConversionOptions, ConversionReport } from './conversion.ts';
