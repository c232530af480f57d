import { CORRUPT, fixture, OK, UNSUPPORTED, type CorpusImage } from './bases.ts';
import { writePng } from './png.ts';

const latin1 = (text: string) => Buffer.from(text, 'latin1');

/** Files of other formats, some in disguise, and files that are two things at once. */
export function makePolyglots(bases: Record<string, Buffer>): CorpusImage[] {
  const strangers: Record<string, Buffer> = {
    bmp: fixture('refused.bmp'),
    tiff: fixture('refused.tiff'),
    svg: latin1('<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"/>'),
    'svg that reads a file': latin1(
      '<?xml version="1.0"?><!DOCTYPE svg [<!ENTITY x SYSTEM "file:///etc/passwd">]><svg xmlns="http://www.w3.org/2000/svg"><text>&x;</text></svg>',
    ),
    html: latin1('<!doctype html><script>alert(1)</script>'),
    xml: latin1('<?xml version="1.0"?><a/>'),
    pdf: latin1('%PDF-1.7\n%\xe2\xe3\xcf\xd3\n'),
    postscript: latin1('%!PS-Adobe-3.0 EPSF-3.0\n(/etc/passwd) (r) file'),
    'drawing commands': latin1('push graphic-context\nviewbox 0 0 9 9\nimage over 0,0 0,0 "|id"\n'),
    heic: latin1('\0\0\0\x18ftypheic\0\0\0\0mif1heic'),
    mp4: latin1('\0\0\0\x18ftypisom\0\0\0\0isommp42'),
    'jpeg xl': latin1('\xff\x0a\xfa\x7f\x01\x90\x08\x06'),
    'jpeg 2000': latin1('\0\0\0\x0cjP  \r\n\x87\n'),
    ico: latin1('\0\0\x01\0\x01\0\x10\x10\0\0\x01\0'),
    psd: latin1('8BPS\0\x01'),
    exr: latin1('\x76\x2f\x31\x01\x02\0\0\0'),
    radiance: latin1('#?RADIANCE\nFORMAT=32-bit_rle_rgbe\n\n-Y 9 +X 9\n'),
    fits: latin1('SIMPLE  =                    T'),
    netpbm: latin1('P6 9 9 255\n'),
    matlab: latin1('MATLAB 5.0 MAT-file, Platform: GLNXA64'),
    zip: latin1('PK\x03\x04\x14\0'),
    gzip: latin1('\x1f\x8b\x08\0'),
    elf: latin1('\x7fELF\x02\x01\x01'),
    wasm: latin1('\0asm\x01\0\0\0'),
    text: latin1('a photo of a cat'),
    zeros: Buffer.alloc(4_096),
  };
  const comment = (text: string) =>
    Buffer.concat([latin1('\xff\xfe'), Buffer.from([0, text.length + 2]), latin1(text)]);
  const jpeg = bases['baseline.jpg']!;
  const mixed: [string, Buffer, readonly string[]][] = [
    ['png with a zip behind it', Buffer.concat([bases['plain.png']!, strangers.zip!]), OK],
    [
      'jpeg with a page in a comment',
      Buffer.concat([jpeg.subarray(0, 2), comment('<script>alert(1)</script>'), jpeg.subarray(2)]),
      OK,
    ],
    ['jpeg with another behind it', Buffer.concat([jpeg, bases['progressive.jpg']!]), OK],
    ['gif with a script behind it', Buffer.concat([bases['still.gif']!, latin1('*/=alert(1);')]), OK],
    ['gif that starts a script', latin1('GIF89a/*\x01\0\x80\0\0*/=alert(1);'), CORRUPT],
    [
      'png signature and an svg',
      Buffer.concat([bases['plain.png']!.subarray(0, 8), strangers.svg!]),
      CORRUPT,
    ],
    [
      'webp signature and a tiff',
      Buffer.concat([latin1('RIFF\x10\0\0\0WEBP'), strangers.tiff!]),
      [...CORRUPT, ...UNSUPPORTED],
    ],
    ['avif signature and nothing', latin1('\0\0\0\x1cftypavif\0\0\0\0mif1avifmiaf'), CORRUPT],
    [
      'avif signature and an mp4',
      Buffer.concat([latin1('\0\0\0\x14ftypavif\0\0\0\0avif'), strangers.mp4!]),
      CORRUPT,
    ],
    ['jpeg start and noise', Buffer.concat([latin1('\xff\xd8\xff'), Buffer.alloc(999, 0xa5)]), CORRUPT],
    ['pdf with a jpeg in it', Buffer.concat([strangers.pdf!, jpeg]), UNSUPPORTED],
    ['svg with a byte order mark', Buffer.concat([latin1('\xef\xbb\xbf'), strangers.svg!]), UNSUPPORTED],
    ['a picture behind white space', Buffer.concat([latin1('  \n'), jpeg]), UNSUPPORTED],
  ];
  return [
    ...Object.entries(strangers).map(([name, bytes]) => ({ name, bytes, expected: UNSUPPORTED })),
    ...mixed.map(([name, bytes, expected]) => ({ name, bytes, expected })),
  ];
}

/** Every colour type and bit depth of PNG, in both orders of its lines; and what the other formats have. */
export function makeColourTypes(): CorpusImage[] {
  const depths: Record<number, number[]> = {
    0: [1, 2, 4, 8, 16],
    2: [8, 16],
    3: [1, 2, 4, 8],
    4: [8, 16],
    6: [8, 16],
  };
  const pngs = Object.entries(depths).flatMap(([colourType, all]) =>
    all.flatMap((bitDepth) =>
      [false, true].map((interlaced) => ({
        name: `png of colour type ${colourType}, ${bitDepth} bits${interlaced ? ', interlaced' : ''}`,
        bytes: writePng({ width: 33, height: 21, colourType: Number(colourType), bitDepth, interlaced }),
        expected: OK,
      })),
    ),
  );
  const others = [
    'grey.jpg',
    'cmyk.jpg',
    'cmyk-profile.jpg',
    'icc-profile.jpg',
    'palette-transparent.png',
    'alpha.webp',
    'animated.webp',
    'picture.gif',
  ];
  return [...pngs, ...others.map((name) => ({ name, bytes: fixture(name), expected: OK }))];
}

/** Every value that the EXIF orientation can have, and some that it cannot. */
export function makeRotations(jpeg: Buffer): CorpusImage[] {
  return [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 255, 65_535].map((orientation) => {
    const exif = Buffer.concat([latin1('Exif\0\0'), orientationOf(orientation)]);
    const segment = Buffer.concat([latin1('\xff\xe1'), Buffer.from([0, exif.length + 2]), exif]);
    const bytes = Buffer.concat([jpeg.subarray(0, 2), segment, jpeg.subarray(2)]);
    return { name: `orientation ${orientation}`, bytes, expected: OK };
  });
}

/** A TIFF directory with nothing in it but the orientation. */
function orientationOf(orientation: number): Buffer {
  return Buffer.concat([
    latin1('MM\0*\0\0\0\x08\0\x01\x01\x12\0\x03\0\0\0\x01'),
    Buffer.from([orientation >> 8, orientation & 255, 0, 0, 0, 0, 0, 0]),
  ]);
}
