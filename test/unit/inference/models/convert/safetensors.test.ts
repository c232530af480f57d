import { writeFile } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import { openCheckpoint } from '../../../../../src/inference/models/convert/checkpoint/open-checkpoint.ts';
import { safetensors, writeNew } from './support/files.ts';

const four = Buffer.from(Float32Array.of(1, -2, 0.5, 3).buffer);
const honest = { dtype: 'F32', shape: [2, 2], data_offsets: [0, 16] };

async function open(bytes: Uint8Array) {
  return openCheckpoint(await writeNew('model.safetensors', bytes));
}

const refusal = (reason: RegExp) => ({
  code: 'MODEL_NOT_AVAILABLE',
  message: expect.stringMatching(reason),
  details: { file: expect.stringMatching(/model\.safetensors$/) },
});

describe('a safetensors file', () => {
  it('is read tensor by tensor, whatever the type of its floats', async () => {
    const halves = Buffer.from(Float16Array.of(1, -2, 0.5, 3).buffer);
    // The upper halves of float32.
    const brains = Buffer.from(Uint16Array.of(0x3f80, 0xc000, 0x3f00, 0x4040).buffer);
    const header = {
      __metadata__: { format: 'pt' },
      full: honest,
      half: { dtype: 'F16', shape: [4], data_offsets: [16, 24] },
      brain: { dtype: 'BF16', shape: [1, 4], data_offsets: [24, 32] },
      position_ids: { dtype: 'I64', shape: [1], data_offsets: [32, 40] },
    };
    const path = await writeNew('model.safetensors', safetensors(header, Buffer.concat([four, halves, brains, Buffer.alloc(8)])));
    const { tensors, close } = await openCheckpoint(path);
    for (const name of ['full', 'half', 'brain'])
      expect([...(await tensors.get(name)!.read())]).toEqual([1, -2, 0.5, 3]);
    expect(tensors.get('full')!.shape).toEqual([2, 2]);
    await expect(tensors.get('position_ids')!.read()).rejects.toThrow(/stored as I64/);
    await close();
  });

  it('is refused when it is cut off', async () => {
    const whole = safetensors({ weight: honest }, four);
    await expect(open(whole.subarray(0, whole.length - 1))).rejects.toMatchObject(refusal(/weight at bytes 0 to 16 of 15.*truncated/));
    await expect(open(whole.subarray(0, 30))).rejects.toMatchObject(refusal(/it is truncated/));
    await expect(open(whole.subarray(0, 5))).rejects.toMatchObject(refusal(/5 bytes.*truncated/));
  });

  it.each([
    ['reach beyond the file', { ...honest, shape: [400], data_offsets: [0, 1600] }, /bytes 0 to 1600 of 16/],
    ['do not fit its shape', { ...honest, shape: [3, 2] }, /gives tensor weight 16 bytes.*takes 24/],
    ['go backwards', { ...honest, shape: [0], data_offsets: [16, 0] }, /gives tensor weight -16 bytes/],
    ['are negative', { ...honest, data_offsets: [-16, 0] }, /not known/],
    ['are texts', { ...honest, data_offsets: ['0', '16'] }, /not known/],
    ['are of no shape', { ...honest, shape: 4 }, /not known/],
    ['overflow', { ...honest, shape: [2 ** 52, 2 ** 52] }, /takes/],
  ])('is refused when its offsets %s', async (_, entry, reason) => {
    await expect(open(safetensors({ weight: entry }, four))).rejects.toMatchObject(refusal(reason));
  });

  it('is refused when its tensors overlap', async () => {
    const other = { dtype: 'F32', shape: [2], data_offsets: [12, 20] };
    await expect(open(safetensors({ weight: honest, other }, Buffer.alloc(20)))).rejects.toMatchObject(refusal(/tensor other over the tensor before/));
  });

  it('is refused when its header claims more than any model needs', async () => {
    const bytes = Buffer.alloc(100, 0xff);
    await expect(open(bytes)).rejects.toMatchObject(refusal(/header claims \d+ bytes, and at most/));
    await expect(open(Buffer.from('<!doctype html><title>Not found</title>'))).rejects.toMatchObject(refusal(/no safetensors file/));
  });

  it.each(['{', '[]', 'null', '{"weight": null}'])('is refused when its header is %s', async (header) => {
    await expect(open(safetensors(header, four))).rejects.toMatchObject(refusal(/header/));
  });

  it('that is a pointer of Git LFS says so', async () => {
    const pointer = 'version https://git-lfs.github.com/spec/v1\noid sha256:0\nsize 605247071\n';
    await expect(open(Buffer.from(pointer))).rejects.toMatchObject(refusal(/pointer of Git LFS.*git lfs pull/));
  });

  it('that is not there says so', async () => {
    await expect(openCheckpoint('/nowhere/model.safetensors')).rejects.toMatchObject({
      code: 'MODEL_NOT_AVAILABLE',
      message: expect.stringMatching(/ENOENT/),
    });
  });
});

describe('an index of shards', () => {
  const index = (map: unknown) => JSON.stringify({ metadata: {}, weight_map: map });

  it('joins its files', async () => {
    const first = await writeNew('one.safetensors', safetensors({ a: honest }, four));
    const path = first.replace('one.safetensors', 'model.safetensors.index.json');
    await writeFile(first.replace('one', 'two'), safetensors({ b: honest }, four));
    await writeFile(path, index({ a: 'one.safetensors', b: 'two.safetensors' }));
    const { tensors, close } = await openCheckpoint(path);
    expect([...tensors.keys()]).toEqual(['a', 'b']);
    await close();
  });

  it.each([
    ['leaves its directory', index({ a: '../secret.safetensors' }), /another directory/],
    ['names a shard that is not there', index({ a: 'gone.safetensors' }), /gone.safetensors.*ENOENT/],
    ['is none', '{}', /no index of shards/],
    ['is no JSON', 'x', /no index of shards/],
  ])('that %s is refused', async (_, text, reason) => {
    const path = await writeNew('model.safetensors.index.json', text);
    await expect(openCheckpoint(path)).rejects.toMatchObject({
      code: 'MODEL_NOT_AVAILABLE',
      message: expect.stringMatching(reason),
    });
  });
});
