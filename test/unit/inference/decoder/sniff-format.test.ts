import { describe, expect, it } from 'vitest';
import { isSupported, sniffFormat } from '../../../../src/inference/decoder/sniff-format.ts';

const bytes = (text: string) => Buffer.from(text, 'latin1');

describe('sniffFormat', () => {
  it.each([
    ['JPEG', '\xff\xd8\xff\xe0'],
    ['PNG', '\x89PNG\r\n\x1a\n'],
    ['WEBP', 'RIFF\x10\0\0\0WEBPVP8 '],
    ['GIF', 'GIF89a'],
    ['BMP', 'BM\0\0'],
    ['TIFF', 'II*\0'],
    ['TIFF', 'MM\0*'],
    ['PDF', '%PDF-1.7'],
    ['HEIC', '\0\0\0\x18ftypheic'],
    ['AVIF', '\0\0\0\x18ftypavif'],
    ['AVIF', '\0\0\0\x1cftypmif1\0\0\0\0mif1avifmiaf'],
    ['HEIC', '\0\0\0\x18ftypmif1\0\0\0\0mif1heicavif'],
    ['MP4', '\0\0\0\x18ftypisom'],
    ['SVG', '<svg xmlns="http://www.w3.org/2000/svg">'],
    ['SVG', '\xef\xbb\xbf<?xml version="1.0"?>\n<!-- made by hand --><svg\n>'],
    ['HTML', '  <!DOCTYPE html><html>'],
    ['XML', '<?xml version="1.0"?><feed/>'],
    ['unknown', 'hello'],
    ['unknown', ''],
  ])('names %s', (format, text) => {
    expect(sniffFormat(bytes(text))).toBe(format);
  });

  it('looks at the view that it is given, not at the buffer below', () => {
    const buffer = Buffer.from('GIF89a....\x89PNG\r\n\x1a\n', 'latin1');
    expect(sniffFormat(new Uint8Array(buffer.buffer, buffer.byteOffset + 10, 8))).toBe('PNG');
  });

  it('supports five formats', () => {
    const formats = ['JPEG', 'PNG', 'WEBP', 'GIF', 'AVIF', 'HEIC', 'SVG', 'TIFF', 'unknown'];
    expect(formats.filter(isSupported)).toEqual(['JPEG', 'PNG', 'WEBP', 'GIF', 'AVIF']);
  });
});
