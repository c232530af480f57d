/** Turns a published checkpoint into an ONNX graph. Reads and writes files; knows no hub and no registry. */
export { convertCheckpoint } from './convert-checkpoint.ts';
export { configsOf, WEIGHTS } from './find-source.ts';
export { readSafetensors } from './checkpoint/safetensors.ts';
export { parseShardIndex } from './checkpoint/shard-index.ts';
export { refusal } from './checkpoint/refuse.ts';
export { ARCHITECTURES } from './conversion.ts';
export type { Architecture, ConversionOptions, ConversionReport } from './conversion.ts';
