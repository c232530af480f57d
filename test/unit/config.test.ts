import { describe, expect, it } from 'vitest';
import { readConfig } from '../../src/config.ts';

describe('the configuration', () => {
  it('takes numbers, and an operator key of 32 characters', () => {
    const key = 'k'.repeat(32);
    const config = readConfig({
      PORT: '0',
      TAXOLENS_OPERATOR_KEY: key,
      TAXOLENS_MAX_IMAGE_BYTES: '256000000',
    });
    expect(config).toMatchObject({ port: 0, operatorKey: key, maxImageBytes: 256_000_000 });
  });

  it.each(['PORT', 'TAXOLENS_ENCODERS', 'TAXOLENS_MATRIX_CACHE_BYTES'])(
    'refuses a %s that is no number',
    (name) => {
      for (const value of [' ', '0x10', '1e3', '-1', '4000 ', '1.5', '٣']) {
        expect(() => readConfig({ [name]: value })).toThrow(`${name}: expected a whole number`);
      }
    },
  );

  it('refuses an operator key that no Bearer header can carry, without showing it', () => {
    for (const key of ['k'.repeat(31), `${'k'.repeat(40)} k`, `${'k'.repeat(40)}\n`, `${'k'.repeat(40)}é`]) {
      const refused = () => readConfig({ TAXOLENS_OPERATOR_KEY: key });
      expect(refused).toThrow('TAXOLENS_OPERATOR_KEY: expected 32 or more characters');
      expect(refused).not.toThrow('kkk');
    }
  });

  it('refuses an image size that no request could ever bring', () => {
    const refused = () => readConfig({ TAXOLENS_MAX_IMAGE_BYTES: '256000001' });
    expect(refused).toThrow('TAXOLENS_MAX_IMAGE_BYTES: expected a whole number from 1000 to 256000000');
  });

  it('keeps added models beside the data, wherever that is', () => {
    expect(readConfig({ TAXOLENS_DATA_DIR: '/srv/data' }).modelsDir).toBe('/srv/data/models');
    const apart = { TAXOLENS_DATA_DIR: '/srv/data', TAXOLENS_MODELS_DIR: '/srv/models' };
    expect(readConfig(apart).modelsDir).toBe('/srv/models');
  });

  it("takes the hub's own settings, and shows no token that is wrong", () => {
    const config = readConfig({
      HF_ENDPOINT: 'https://mirror.example/',
      HF_TOKEN: 't\n',
      HF_HUB_OFFLINE: 'YES',
    });
    expect(config.hub).toEqual({ endpoint: 'https://mirror.example', token: 't', offline: true });
    const refused = () => readConfig({ HF_TOKEN: 'secret token', HF_HUB_OFFLINE: 'perhaps' });
    expect(refused).toThrow('HF_HUB_OFFLINE');
    expect(refused).toThrow('HF_TOKEN: expected ASCII');
    expect(refused).not.toThrow('secret');
  });
});
