import sharp from 'sharp';
import type { Metadata, Sharp } from 'sharp';
import { AppError } from '../../errors.ts';
import { isSupported, sniffFormat } from './sniff-format.ts';
import { preprocess } from './preprocess.ts';
import type { RawImage } from './resample.ts';
import type { Preprocessing } from '../models/preprocessing.ts';
import type { ImageFormat } from './sniff-format.ts';

// A refusal by our sniffer is not enough: the library itself must have no other loader to be talked into.
sharp.block({ operation: ['VipsForeignLoad'] });
sharp.unblock({
  operation: [
    'VipsForeignLoadJpegBuffer',
    'VipsForeignLoadPngBuffer',
    'VipsForeignLoadWebpBuffer',
    'VipsForeignLoadNsgifBuffer',
    'VipsForeignLoadHeifBuffer',
  ],
});
sharp.cache(false);
sharp.concurrency(1);

/** Progressive and interlaced pictures, GIF and AVIF are decoded in memory as a whole; AVIF takes 18 bytes a pixel. */
const MAX_WHOLE_PIXELS = 25_000_000;

export interface DecodedImage {
  /** After orientation, before resizing. */
  width: number;
  height: number;
  format: ImageFormat;
  sizeBytes: number;
  /** uint8 [crop.height, crop.width, 3] of the model's preprocessing. */
  pixels: Uint8Array;
  /** Decoding, orientation and resampling together. */
  decodeMs: number;
}

/**
 * Untrusted bytes -> the model's own pixels. EXIF orientation is applied, ICC profiles are ignored and alpha is
 * dropped, as the reference does. Throws IMAGE_UNSUPPORTED, IMAGE_TOO_LARGE (by the header alone) or IMAGE_CORRUPT.
 */
export async function decodeImage(
  bytes: Uint8Array,
  { preprocessing, maxImagePixels }: { preprocessing: Preprocessing; maxImagePixels: number },
): Promise<DecodedImage> {
  const startedAt = performance.now();
  if (bytes.byteLength === 0) {
    throw new AppError('IMAGE_CORRUPT', { message: 'The image is empty: 0 bytes.' });
  }
  const format = sniffFormat(bytes);
  if (!isSupported(format)) {
    const message = `A JPEG, PNG, WebP, GIF or AVIF image was expected; this is ${format === 'unknown' ? 'of an unknown format' : format}. Convert it first.`;
    throw new AppError('IMAGE_UNSUPPORTED', { message, details: { format } });
  }
  const raw = await readPixels(bytes, format, maxImagePixels);
  const { width, height } = raw;
  const pixels = preprocess(raw, preprocessing);
  const decodeMs = performance.now() - startedAt;
  return { width, height, format, sizeBytes: bytes.byteLength, pixels, decodeMs };
}

/** Whatever the library has against a file of the right format is damage: it says so in many ways, and without codes. */
async function readPixels(bytes: Uint8Array, format: ImageFormat, maxImagePixels: number): Promise<RawImage> {
  try {
    const image = sharp(bytes, { limitInputPixels: false, failOn: 'error', pages: 1, ignoreIcc: true });
    const header = await image.metadata();
    checkPixels(header, maxImagePixels);
    return await (header.space === 'cmyk' ? decodeCmyk(image) : decode(image));
  } catch (error) {
    if (error instanceof AppError) throw error;
    const message = `The ${format} image cannot be decoded: it is damaged or incomplete. Send the original file again.`;
    throw new AppError('IMAGE_CORRUPT', { message, details: { format }, cause: error });
  }
}

function checkPixels({ width, height, isProgressive, format }: Metadata, maxImagePixels: number): void {
  const isWhole = isProgressive || format === 'gif' || format === 'heif';
  const limit = isWhole ? Math.min(maxImagePixels, MAX_WHOLE_PIXELS) : maxImagePixels;
  if (width * height <= limit) return;
  const kind = isWhole ? ' for progressive and interlaced images, GIF and AVIF' : '';
  const message = `The image has ${width} x ${height} pixels; the limit${kind} is ${limit} pixels. Scale it down first.`;
  throw new AppError('IMAGE_TOO_LARGE', { message, details: { width, height, limit } });
}

async function decode(image: Sharp): Promise<RawImage> {
  const { data, info } = await image.autoOrient().raw().toBuffer({ resolveWithObject: true });
  return { data, width: info.width, height: info.height, channels: info.channels };
}

/** The reference converts CMYK by plain multiplication, without a colour profile. Source: Pillow, Convert.c. */
async function decodeCmyk(image: Sharp): Promise<RawImage> {
  const { data, info } = await image
    .pipelineColourspace('cmyk')
    .toColourspace('cmyk')
    .autoOrient()
    .raw()
    .toBuffer({ resolveWithObject: true });
  const rgb = new Uint8Array(info.width * info.height * 3);
  for (let source = 0, target = 0; target < rgb.length; source += info.channels) {
    const white = 255 - data[source + 3]!;
    for (let ink = 0; ink < 3; ink++) {
      // Division by 255 as 8-bit fixed point does it.
      const product = (255 - data[source + ink]!) * white + 128;
      rgb[target++] = (product + (product >> 8)) >> 8;
    }
  }
  return { data: rgb, width: info.width, height: info.height, channels: 3 };
}
