import { describe, expect, it } from 'vitest';
import { planResize } from '../../../../src/inference/decoder/preprocess.ts';
import type { Preprocessing } from '../../../../src/inference/models/preprocessing.ts';

const clip: Preprocessing = {
  resize: { mode: 'shortest-edge', size: 224 },
  crop: { width: 224, height: 224 },
  resample: 'bicubic',
  mean: [0, 0, 0],
  std: [1, 1, 1],
};

describe('planResize', () => {
  it.each([
    // The long side is truncated: 224 * 767 / 500 = 343.6.
    [500, 767, 224, 343, 0, 60],
    [767, 500, 343, 224, 60, 0],
    [1280, 960, 298, 224, 37, 0],
    [224, 224, 224, 224, 0, 0],
    // Upscaling follows the same rule.
    [1, 1, 224, 224, 0, 0],
    [1, 10_000, 224, 2_240_000, 0, 1_119_888],
  ])(
    '%d x %d becomes %d x %d, cropped at %d, %d',
    (width, height, resizedWidth, resizedHeight, left, top) => {
      const plan = planResize({ width, height }, clip);
      expect(plan).toEqual({ resizedWidth, resizedHeight, left, top, width: 224, height: 224 });
    },
  );

  it('rounds a crop offset of a half to the even number, as Python does', () => {
    // 225 leaves 0.5 and becomes 0; 227 leaves 1.5 and becomes 2.
    expect(planResize({ width: 225, height: 224 }, clip).left).toBe(0);
    expect(planResize({ width: 227, height: 224 }, clip).left).toBe(2);
  });

  it('squashes without a crop', () => {
    const squash: Preprocessing = { ...clip, resize: { mode: 'squash', width: 224, height: 224 } };
    const plan = { resizedWidth: 224, resizedHeight: 224, left: 0, top: 0, width: 224, height: 224 };
    expect(planResize({ width: 999, height: 10 }, squash)).toEqual(plan);
  });
});
