/** How a graph's weights are stored: as trained, in half the bytes, or quantised row by row in a quarter. */
export const PRECISIONS = ['fp32', 'fp16', 'int8'] as const;

export type Precision = (typeof PRECISIONS)[number];

const STEMS = { image: 'vision_model', text: 'text_model' };

/** Path of a graph inside a model's directory, named as published exports are: `onnx/vision_model_int8.onnx`. */
export function graphFile(encoder: 'image' | 'text', precision: Precision): string {
  return `onnx/${STEMS[encoder]}${precision === 'fp32' ? '' : `_${precision}`}.onnx`;
}
