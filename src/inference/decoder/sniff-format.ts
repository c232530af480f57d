/** The formats that are decoded. Everything else is refused by name before any decoder sees it. */
export type ImageFormat = (typeof SUPPORTED)[number];

const SUPPORTED = ['JPEG', 'PNG', 'WEBP', 'GIF', 'AVIF'] as const;

const SIGNATURES: readonly (readonly [format: string, offset: number, bytes: string])[] = [
  ['JPEG', 0, '\xff\xd8\xff'],
  ['PNG', 0, '\x89PNG\r\n\x1a\n'],
  ['GIF', 0, 'GIF8'],
  ['BMP', 0, 'BM'],
  ['TIFF', 0, 'II*\0'],
  ['TIFF', 0, 'MM\0*'],
  ['TIFF', 0, 'II+\0'],
  ['PDF', 0, '%PDF'],
  ['ICO', 0, '\0\0\x01\0'],
  ['PSD', 0, '8BPS'],
  ['JPEG XL', 0, '\xff\x0a'],
  ['JPEG XL', 4, 'JXL '],
  ['JPEG 2000', 4, 'jP  '],
  ['WEBP', 8, 'WEBP'],
  ['ZIP', 0, 'PK\x03\x04'],
  ['GZIP', 0, '\x1f\x8b'],
];

const GENERIC_BRANDS: Record<string, string> = { mif1: 'HEIC', msf1: 'HEIC' };

/** Names of ISO base media brands (bytes 8 to 12 of files that say `ftyp`). */
const BRANDS: Record<string, string> = {
  avif: 'AVIF',
  avis: 'AVIF',
  heic: 'HEIC',
  heix: 'HEIC',
  hevc: 'HEIC',
  heim: 'HEIC',
  heis: 'HEIC',
  ...GENERIC_BRANDS,
};

/** Names the format by its first bytes, never by a file name or media type: `JPEG`, `GIF`, ..., or `unknown`. */
export function sniffFormat(bytes: Uint8Array): string {
  const head = Buffer.from(bytes.buffer, bytes.byteOffset, Math.min(bytes.byteLength, 1024)).toString(
    'latin1',
  );
  const match = SIGNATURES.find(([, offset, signature]) => head.startsWith(signature, offset));
  if (match) return match[0];
  if (head.startsWith('ftyp', 4)) return nameBrand(head);
  const text = head.replace(/^\xef\xbb\xbf/, '').trimStart();
  if (/<svg[\s>]/i.test(text)) return 'SVG';
  if (/^<(!doctype html|html)/i.test(text)) return 'HTML';
  if (text.startsWith('<?xml')) return 'XML';
  return 'unknown';
}

export function isSupported(format: string): format is ImageFormat {
  return SUPPORTED.some((supported) => supported === format);
}

/** The major brand names the format; `mif1` says only that it is a picture, and of which kind stands further on. */
function nameBrand(head: string): string {
  const major = head.slice(8, 12);
  const compatible = head.slice(16, head.charCodeAt(2) * 256 + head.charCodeAt(3));
  if (major in GENERIC_BRANDS && /^(.{4})*?(avif|avis)/s.test(compatible)) return 'AVIF';
  return BRANDS[major] ?? 'MP4';
}
