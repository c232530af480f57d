import { describe, expect, it } from 'vitest';
import { openCheckpoint } from '../../../../../src/inference/models/convert/checkpoint/open-checkpoint.ts';
import { pickleTensor, pickled, writeNew, zip } from './support/files.ts';
import type { PickledFloats, ZipPart } from './support/files.ts';

const six = Buffer.from(Float32Array.of(1, 2, 3, 4, 5, 6).buffer);
const honest: PickledFloats = { count: 6, shape: [2, 3], stride: [3, 1] };

const pickle = (content: Buffer): ZipPart => ({ name: 'archive/data.pkl', content });
const numbers: ZipPart = { name: 'archive/data/0', content: six };

async function open(bytes: Uint8Array) {
  return openCheckpoint(await writeNew('pytorch_model.bin', bytes));
}

const refusal = (reason: RegExp) => ({
  code: 'MODEL_NOT_AVAILABLE',
  message: expect.stringMatching(reason),
  details: { file: expect.stringMatching(/pytorch_model\.bin$/) },
});

const { text, global, tuple, call, program } = pickled;
const latin = (value: string) => Buffer.from(value, 'latin1');

describe('what torch.save() wrote', () => {
  it('is read, storage by storage', async () => {
    const { tensors, close } = await open(zip([pickle(pickleTensor(honest)), numbers]));
    expect(tensors.get('weight')!.shape).toEqual([2, 3]);
    expect([...(await tensors.get('weight')!.read())]).toEqual([1, 2, 3, 4, 5, 6]);
    await close();
  });

  it('is read where sizes and positions are written for archives above 4 GB', async () => {
    const { tensors, close } = await open(zip([pickle(pickleTensor(honest)), numbers], { zip64: true }));
    expect([...(await tensors.get('weight')!.read())]).toEqual([1, 2, 3, 4, 5, 6]);
    await close();
  });

  it('is read where several tensors share a storage', async () => {
    const part: PickledFloats = { count: 6, offset: 4, shape: [2], stride: [1] };
    const { tensors, close } = await open(zip([pickle(pickleTensor(part)), numbers]));
    expect([...(await tensors.get('weight')!.read())]).toEqual([5, 6]);
    await close();
  });

  it.each([
    ['is a transposed view', { ...honest, shape: [3, 2], stride: [1, 3] }, /view of another layout.*contiguous/],
    ['needs more than its storage', { ...honest, offset: 2 }, /needs 32 bytes of 24/],
    ['claims a larger storage', { ...honest, count: 600 }, /24 are there/],
    ['has a storage that is not there', { ...honest, key: '7' }, /numbers of tensor weight are not there/],
    ['has a negative offset', { ...honest, offset: -4 }, /do not fit/],
  ])('is refused when a tensor %s', async (_, tensor, reason) => {
    await expect(open(zip([pickle(pickleTensor(tensor)), numbers]))).rejects.toMatchObject(refusal(reason));
  });

  it('is refused when its numbers are big-endian', async () => {
    const order = { name: 'archive/byteorder', content: Buffer.from('big') };
    await expect(open(zip([pickle(pickleTensor(honest)), order, numbers]))).rejects.toMatchObject(refusal(/big-endian/));
  });
});

describe('a pickle that would run code is refused by the name that it asks for', () => {
  const run = text('touch /tmp/owned');
  it.each([
    ['os.system', program(call(global('os', 'system'), run))],
    ['posix.system', program(call(global('posix', 'system'), run))],
    ['builtins.eval', program(call(global('builtins', 'eval'), run))],
    ['builtins.getattr', program(global('builtins', 'getattr'))],
    ['nt.system', program(latin('('), run, latin('int\nsystem\n'))],
    // Protocol 4: short texts, one for the module and one for the name.
    ['subprocess.Popen', program(latin('\x8c\x0asubprocess\x94\x8c\x05Popen\x94\x93'))],
    // Known to the reader of some checkpoints, and not needed for weights.
    ['torch.hub.load', program(call(global('torch.hub', 'load'), run))],
    ['torch.storage._load_from_bytes', program(call(global('torch.storage', '_load_from_bytes'), run))],
  ])('%s', async (name, content) => {
    await expect(open(zip([pickle(content), numbers]))).rejects.toMatchObject(refusal(new RegExp(`asks for ${name}, and may construct nothing but tensors`)));
  });
});

describe('a pickle is refused that', () => {
  it.each([
    ['calls a tensor a function', program(call(global('torch', 'FloatStorage'), text('x'))), /calls torch.FloatStorage/],
    ['calls no name', program(text('x'), tuple(), latin('R')), /calls what is no name/],
    ['ends early', program(latin('}')).subarray(0, 3), /ends too early/],
    ['ends within a text', latin('\x80\x02X\xff\xff\xff\x7fabc'), /ends within a text/],
    ['ends within a name', latin('\x80\x02cos\nsystem'), /ends within a name/],
    ['takes from an empty stack', latin('\x80\x02.'), /takes what is not there/],
    ['closes what is not open', latin('\x80\x02t.'), /closes what is not open/],
    ['recalls what it never saw', latin('\x80\x02h\x05.'), /recalls what it never saw/],
    ['uses persistent names of its own', program(latin('Pname\n')), /instruction 0x50/],
    ['uses another storage', program(tuple(text('storage'), text('x')), latin('Q')), /refers to a storage/],
    ['never comes to its end', program(Buffer.alloc(1_000_000, '}')), /more than 500000 instructions/],
    ['holds no tensors', program(text('x')), /no tensors by name/],
  ])('%s', async (_, content, reason) => {
    await expect(open(zip([pickle(content), numbers]))).rejects.toMatchObject(refusal(reason));
  });
});

describe('an archive is refused that', () => {
  const whole = zip([pickle(pickleTensor(honest)), numbers]);

  it.each([
    ['is truncated', whole.subarray(0, whole.length - 30), /no zip end record.*truncated/],
    ['is truncated to its start', whole.subarray(0, 20), /truncated/],
    [
      'would become larger when it is unpacked',
      zip([{ ...pickle(Buffer.alloc(99)), method: 8, claims: { size: 2 ** 32 - 2 } }]),
      /data.pkl is compressed, and would be unpacked to 4294967294 bytes/,
    ],
    [
      'uses one part twice',
      zip([pickle(pickleTensor(honest)), { ...numbers, claims: { position: 0 } }]),
      /overlaps the part before/,
    ],
    ['says that a part is longer', zip([pickle(Buffer.alloc(9)), { ...numbers, claims: { size: 9999 } }]), /beyond the parts' end/],
    ['says that a part is elsewhere', zip([pickle(Buffer.alloc(9)), { ...numbers, claims: { position: 60 } }]), /is not there/],
    ['holds no pickle', zip([numbers]), /no data.pkl/],
  ])('%s', async (_, bytes, reason) => {
    await expect(open(bytes)).rejects.toMatchObject(refusal(reason));
  });

  it('is none: what PyTorch before 1.6 wrote', async () => {
    await expect(open(latin('\x80\x02\x8a\nl\xfc\x9cF\xf9 j\xa8P\x19.\x80\x02M\xe9\x03.'))).rejects.toMatchObject(refusal(/PyTorch before 1.6.*newer PyTorch/));
  });
});
