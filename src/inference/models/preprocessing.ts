import { z } from 'zod';

/** What happens to a picture between its decoder and its encoder. Sizes in pixels. */
export interface Preprocessing {
  /** `shortest-edge`: keeps the aspect ratio; `squash`: stretches to exactly width x height. */
  resize: { mode: 'shortest-edge'; size: number } | { mode: 'squash'; width: number; height: number };
  /** The centre of the resized picture that the model sees: its input size. */
  crop: { width: number; height: number };
  /** PIL's antialiased filter of that name. */
  resample: 'bilinear' | 'bicubic';
  /** Per channel R, G, B, of values 0 to 1. */
  mean: [number, number, number];
  std: [number, number, number];
}

const side = z.number().int().min(8).max(2048);
const rectangle = z.object({ height: side, width: side });
const sizeSpelling = z.union([side, z.object({ shortest_edge: side }), rectangle]);
const channels = z.tuple([z.number(), z.number(), z.number()]);
const resampleSpelling = z.union([z.literal(2), z.literal(3), z.literal('bilinear'), z.literal('bicubic')]);

/** Every spelling that published `preprocessor_config.json` files use: old and new, of several libraries. */
const spellings = z.object({
  size: sizeSpelling.optional(),
  crop_size: z.union([side, rectangle]).optional(),
  do_resize: z.literal(true).optional(),
  do_center_crop: z.boolean().optional(),
  do_normalize: z.boolean().optional(),
  do_rescale: z.literal(true).optional(),
  rescale_factor: z.number().optional(),
  resample: resampleSpelling.optional(),
  interpolation: resampleSpelling.optional(),
  resize_mode: z.enum(['shortest', 'squash']).optional(),
  image_mean: channels.optional(),
  image_std: channels.optional(),
  mean: channels.optional(),
  std: channels.optional(),
});

/** Reads one published configuration. Throws Error (or ZodError) that names the field it cannot serve. */
export function parsePreprocessing(config: unknown): Preprocessing {
  const fields = spellings.parse(config);
  if (fields.rescale_factor !== undefined && Math.abs(fields.rescale_factor - 1 / 255) > 1e-6) {
    throw new Error(`rescale_factor must be 1/255, not ${fields.rescale_factor}`);
  }
  const normalises = fields.do_normalize !== false;
  const std = (normalises && (fields.image_std ?? fields.std)) || [1, 1, 1];
  if (std.some((value) => !(value > 0))) throw new Error(`image_std must be positive, not ${std.join(', ')}`);
  return {
    ...parseGeometry(fields),
    resample: parseResample(fields.resample ?? fields.interpolation),
    mean: (normalises && (fields.image_mean ?? fields.mean)) || [0, 0, 0],
    std: std as [number, number, number],
  };
}

function parseGeometry(fields: z.infer<typeof spellings>): Pick<Preprocessing, 'resize' | 'crop'> {
  const { size = 224, crop_size: cropSize, do_center_crop: crops = cropSize !== undefined } = fields;
  // A bare number means the shortest edge for those who crop afterwards, and a square for those who do not.
  const squashes =
    typeof size === 'number'
      ? (fields.resize_mode ?? (crops ? 'shortest' : 'squash')) === 'squash'
      : !('shortest_edge' in size);
  const target = asRectangle(typeof size === 'object' && 'shortest_edge' in size ? size.shortest_edge : size);
  const crop = crops && cropSize !== undefined ? asRectangle(cropSize) : target;
  if (crop.width > target.width || crop.height > target.height) {
    throw new Error('crop_size must not be larger than size: the model would see padding');
  }
  return {
    resize: squashes ? { mode: 'squash', ...target } : { mode: 'shortest-edge', size: target.width },
    crop,
  };
}

function asRectangle(value: number | { width: number; height: number }) {
  return typeof value === 'number' ? { width: value, height: value } : value;
}

/** 2 and 3 are PIL's numbers. CLIP's own default is bicubic. */
function parseResample(value: z.infer<typeof resampleSpelling> | undefined): Preprocessing['resample'] {
  return value === 2 || value === 'bilinear' ? 'bilinear' : 'bicubic';
}
