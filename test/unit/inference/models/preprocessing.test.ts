import { describe, expect, it } from 'vitest';
import { parsePreprocessing } from '../../../../src/inference/models/preprocessing.ts';

const CLIP_MEAN = [0.48145466, 0.4578275, 0.40821073];
const CLIP_STD = [0.26862954, 0.26130258, 0.27577711];
const shortest224 = {
  resize: { mode: 'shortest-edge', size: 224 },
  crop: { width: 224, height: 224 },
  resample: 'bicubic',
  mean: CLIP_MEAN,
  std: CLIP_STD,
};
const clip = { do_resize: true, do_normalize: true, image_mean: CLIP_MEAN, image_std: CLIP_STD, resample: 3 };

describe('parsePreprocessing', () => {
  it('reads CLIP as it is written today', () => {
    const config = {
      ...clip,
      size: { shortest_edge: 224 },
      crop_size: { height: 224, width: 224 },
      do_center_crop: true,
    };
    expect(parsePreprocessing({ ...config, rescale_factor: 0.00392156862745098 })).toEqual(shortest224);
  });

  it('reads CLIP as it was written first, with bare numbers', () => {
    const config = {
      ...clip,
      size: 224,
      crop_size: 224,
      do_center_crop: true,
      feature_extractor_type: 'CLIPFeatureExtractor',
    };
    expect(parsePreprocessing(config)).toEqual(shortest224);
  });

  it('reads Chinese-CLIP, which squashes', () => {
    const config = { ...clip, size: { height: 224, width: 224 }, do_center_crop: false };
    expect(parsePreprocessing(config)).toEqual({
      ...shortest224,
      resize: { mode: 'squash', width: 224, height: 224 },
    });
  });

  it('reads SigLIP with mean and std, and SigLIP 2 with its bilinear filter', () => {
    const half = [0.5, 0.5, 0.5];
    const expected = {
      resize: { mode: 'squash', width: 256, height: 256 },
      crop: { width: 256, height: 256 },
      resample: 'bilinear',
      mean: half,
      std: half,
    };
    const size = { height: 256, width: 256 };
    expect(parsePreprocessing({ size, resample: 2, mean: half, std: half })).toEqual(expected);
    expect(parsePreprocessing({ size, resample: 2, image_mean: half, image_std: half })).toEqual(expected);
  });

  it('reads open_clip, which names modes and filters', () => {
    const config = {
      size: 224,
      mean: CLIP_MEAN,
      std: CLIP_STD,
      interpolation: 'bicubic',
      resize_mode: 'shortest',
    };
    expect(parsePreprocessing(config)).toEqual(shortest224);
    expect(parsePreprocessing({ ...config, resize_mode: 'squash' }).resize).toMatchObject({ mode: 'squash' });
  });

  it('normalises nothing when told so, as MobileCLIP', () => {
    const { mean, std } = parsePreprocessing({
      size: 256,
      crop_size: 256,
      do_normalize: false,
      image_mean: CLIP_MEAN,
    });
    expect({ mean, std }).toEqual({ mean: [0, 0, 0], std: [1, 1, 1] });
  });

  it('takes a bare size without a crop for a square', () => {
    expect(parsePreprocessing({ size: 64 }).resize).toEqual({ mode: 'squash', width: 64, height: 64 });
  });

  it.each([
    ['a huge size', { size: 100_000 }, /size/],
    ['a negative size', { size: -1 }, /size/],
    ['another filter', { size: 224, resample: 1 }, /resample/],
    ['a crop larger than the picture', { size: { shortest_edge: 64 }, crop_size: 65 }, /crop_size/],
    ['a deviation of zero', { size: 64, image_mean: [0, 0, 0], image_std: [1, 0, 1] }, /image_std/],
    ['another range of values', { size: 64, rescale_factor: 1 / 127.5 }, /rescale_factor/],
    ['no resizing', { size: 64, do_resize: false }, /do_resize/],
  ])('refuses %s, naming the field', (_, config, field) => {
    expect(() => parsePreprocessing(config)).toThrow(field);
  });
});
