import { randomBytes } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { decodeBase64 } from '../../../src/classification/base64.ts';

const bytes = randomBytes(3_000_001);
const text = bytes.toString('base64');

async function decode(given: string): Promise<Buffer> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of decodeBase64(given)) chunks.push(chunk);
  return Buffer.concat(chunks);
}

describe('decodeBase64', () => {
  it.each([
    ['plain', text],
    ['without padding', text.replace(/=+$/, '')],
    ['of the alphabet for URLs', bytes.toString('base64url')],
    ['in lines', text.replace(/.{76}/g, '$&\r\n')],
    ['with white space at both ends', `\n  ${text}\n`],
    ['a data URL', `data:image/png;base64,${text}`],
    ['a data URL with parameters', `data:image/jpeg;name=x.jpg;BASE64,${text}`],
    ['a data URL without a media type', `data:;base64,${text}`],
  ])('reads a text that is %s', async (_, given) => {
    expect((await decode(given)).equals(bytes)).toBe(true);
  });

  it.each([0, 1, 2, 3, 4, 5])('reads %i bytes', async (length) => {
    const few = bytes.subarray(0, length);
    expect(await decode(few.toString('base64'))).toEqual(few);
  });

  it.each([
    [
      'a character of another alphabet',
      `${text.slice(0, 2_000_000)}*${text.slice(2_000_000)}`,
      'The character "*" at position 2000000',
    ],
    ['an emoji', 'AAAA🐈', 'The character "🐈" at position 4'],
    ['padding in the middle', 'AAA=AAAA', 'The character "=" at position 3'],
    ['a last group of one character', 'AAAAA', 'ends in the middle'],
    ['a data URL of another encoding', 'data:image/svg+xml,<svg/>', 'must say that it is base64'],
    ['a path', 'C:\\cat.jpg', 'The character ":" at position 1'],
  ])('refuses %s and says where', async (_, given, message) => {
    await expect(decode(given)).rejects.toMatchObject({
      code: 'IMAGE_CORRUPT',
      message: expect.stringContaining(message),
    });
  });

  it('gives others their turn', async () => {
    let turns = 0;
    const count = () => void (turns++, (counting = setImmediate(count)));
    let counting = setImmediate(count);
    await decode(text);
    clearImmediate(counting);
    expect(turns).toBeGreaterThanOrEqual(3); // of four slices
  });
});
