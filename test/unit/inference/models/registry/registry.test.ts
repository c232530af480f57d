import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { findManifest, listManifests } from '../../../../../src/inference/models/registry/registry.ts';
import { makeDirectory, tinyManifest } from '../store/support/tiny-manifest.ts';

const manifests = listManifests();

describe('the registry', () => {
  it('has the families that it promises', () => {
    const count = (prefix: string) => manifests.filter(({ id }) => id.startsWith(prefix)).length;
    const counts = ['clip-vit-', 'taiyi-', 'chinese-clip-', 'siglip', 'laion-'].map(count);
    expect(counts).toEqual([4, 4, 4, 2, 2]);
    expect(manifests).toHaveLength(16);
  });

  it.each(manifests.map((manifest) => [manifest.id, manifest] as const))(
    '%s: its activation, padding, languages and sources fit together',
    (_, { activation, image, text, languages, accuracy, description }) => {
      expect(activation).toBe(image.architecture === 'siglip-vision' ? 'sigmoid' : 'softmax');
      expect(text.padding).toBe(text.architecture === 'siglip-text' ? 'context' : 'longest');
      expect(languages.length).toBeGreaterThan(0);
      expect(description).not.toBe('');
      for (const { source } of accuracy) expect(source).not.toBe('');
    },
  );

  it("says of every pair with an encoder of OpenAI's that its card rules out deployment", () => {
    const openai = manifests.filter(({ image, text }) =>
      [image, text].some(({ source }) => 'repo' in source && source.repo.startsWith('openai/')),
    );
    expect(openai).toHaveLength(7);
    for (const { licenceNotice } of openai) expect(licenceNotice).toContain('deployed use');
  });

  it('takes the scale from the checkpoint: a stated one is for exports beside a checkpoint without safetensors', () => {
    expect(new Set(manifests.map(({ logitScale }) => logitScale.from))).toEqual(new Set(['image']));
  });

  it('names what there is, and how another one is added, to who asks for what there is not', async () => {
    await expect(findManifest('clip')).rejects.toMatchObject({
      code: 'INVALID_INPUT',
      message: expect.stringMatching(/no model 'clip'.*clip-vit-base-patch32.*taxolens model add \.\/my-model\.json/),
    });
  });
});

describe('a manifest of a user', () => {
  const write = async (content: unknown) => {
    const file = join(await makeDirectory(), 'mine.json');
    await writeFile(file, typeof content === 'string' ? content : JSON.stringify(content));
    return file;
  };

  it('may name directories, relative to itself', async () => {
    const manifest = tinyManifest();
    const file = await write({ ...manifest, text: { ...manifest.text, source: { directory: './text' } } });
    const found = await findManifest(file);
    expect(found.text.source).toEqual({ directory: join(file, '../text') });
    expect(found.image).toEqual(manifest.image);
  });

  it.each([
    ['sizes', { dimension: 8 }, /image vectors have 16 numbers and text vectors 8/],
    ['spaces', { spaceId: 'other' }, /the image encoder is of the space 'tiny' and the text encoder of 'other'/],
  ])('whose encoders have different %s is refused', async (_, change, message) => {
    const manifest = tinyManifest();
    await expect(findManifest(await write({ ...manifest, text: { ...manifest.text, ...change } }))).rejects.toMatchObject({
      code: 'INVALID_INPUT',
      message: expect.stringMatching(message),
    });
  });

  it.each([
    ['no JSON', '{', /mine\.json cannot be used/],
    ['a field that nobody reads', { ...tinyManifest(), licenseNotice: 'x' }, /licenseNotice/],
    ['an id that is a path', { ...tinyManifest(), id: '../x' }, /→ at id/],
    ['an architecture that nobody builds', { ...tinyManifest(), image: { ...tinyManifest().image, architecture: 'resnet' } }, /clip-vision/],
  ])('with %s is refused', async (_, content, message) => {
    await expect(findManifest(await write(content))).rejects.toMatchObject({
      code: 'INVALID_INPUT',
      message: expect.stringMatching(message),
    });
  });

  it('that is not there is refused', async () => {
    await expect(findManifest('/nonexistent/mine.json')).rejects.toMatchObject({
      code: 'INVALID_INPUT',
      message: expect.stringContaining('/nonexistent/mine.json cannot be read'),
    });
  });
});
