import { resample } from './resample.ts';
import type { Preprocessing } from '../models/preprocessing.ts';
import type { RawImage } from './resample.ts';

/** The whole resized picture's size, and the window of it that the model sees. In pixels. */
export interface ResizePlan {
  resizedWidth: number;
  resizedHeight: number;
  left: number;
  top: number;
  width: number;
  height: number;
}

/**
 * Sizes as torchvision computes them: the long side truncated (`int`), the crop's offset rounded half to even.
 * Other roundings give a picture one pixel off. Source: torchvision.transforms.functional resize, center_crop.
 */
export function planResize(
  image: { width: number; height: number },
  { resize, crop }: Preprocessing,
): ResizePlan {
  const { width: resizedWidth, height: resizedHeight } =
    resize.mode === 'squash' ? resize : keepRatio(image, resize.size);
  return {
    resizedWidth,
    resizedHeight,
    left: roundHalfToEven((resizedWidth - crop.width) / 2),
    top: roundHalfToEven((resizedHeight - crop.height) / 2),
    width: crop.width,
    height: crop.height,
  };
}

/** A decoded picture -> the model's own pixels: uint8 [height, width, 3], not yet normalised. */
export function preprocess(image: RawImage, preprocessing: Preprocessing): Uint8Array {
  return resample(image, planResize(image, preprocessing), preprocessing.resample);
}

function keepRatio({ width, height }: { width: number; height: number }, shortest: number) {
  return width <= height
    ? { width: shortest, height: Math.trunc((shortest * height) / width) }
    : { width: Math.trunc((shortest * width) / height), height: shortest };
}

/** Python's round(). */
function roundHalfToEven(value: number): number {
  const floor = Math.floor(value);
  if (value - floor !== 0.5) return Math.round(value);
  return floor % 2 === 0 ? floor : floor + 1;
}
