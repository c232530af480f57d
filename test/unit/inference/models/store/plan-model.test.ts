import { expect, it } from 'vitest';
import { openLocalRepository } from '../../../../../src/inference/models/hub/local-repository.ts';
import { planModel } from '../../../../../src/inference/models/store/plan-model.ts';
import { tinyCheckpoint, tinyExport, tinyManifest, writeCopies } from './support/tiny-manifest.ts';

it.each([
  ['fp16', 0.5],
  ['fp32', 1],
  // The graph in fp32 stands beside it until both were compared.
  ['int8', 1.3],
] as const)('for %s the disk must have room for %s of what is converted', async (precision, share) => {
  const { files } = tinyCheckpoint();
  const config = Buffer.from('{}');
  const from = await writeCopies({ '': { commit: '', files: { ...files, ...(await tinyExport()).files, 'config.json': config } } });
  const checkpoint = openLocalRepository('maker/tiny', from);
  const encoder = { checkpoint, ready: undefined };
  const sources = { image: encoder, text: encoder, tokenizers: [checkpoint] };
  const { neededBytes } = await planModel({ sources, manifest: tinyManifest(), precision });
  expect(neededBytes).toBe(Math.ceil((files['model.safetensors']!.length + config.length) * share));
});

it('graphs that are copied from a directory must have room, too', async () => {
  const { files } = await tinyExport();
  const from = await writeCopies({ '': { commit: '', files: { ...files, ...tinyCheckpoint().files } } });
  const checkpoint = openLocalRepository('maker/tiny', from);
  const encoder = { checkpoint, ready: openLocalRepository('exporter/tiny', from) };
  const sources = { image: encoder, text: encoder, tokenizers: [checkpoint] };
  const { missingBytes, neededBytes } = await planModel({ sources, manifest: tinyManifest(), precision: 'fp32' });
  expect(missingBytes).toBe(0);
  expect(neededBytes).toBe(files['onnx/vision_model.onnx']!.length + files['onnx/text_model.onnx']!.length);
});
