import { describe, expect, it } from 'vitest';
import { readTowerConfig } from '../../../../../src/inference/models/convert/towers/tower-config.ts';
import type { Architecture } from '../../../../../src/inference/models/convert/index.ts';

const read = (json: unknown, architecture: Architecture) =>
  readTowerConfig({ path: 'config.json', json }, architecture);

const openClip = (model: Record<string, unknown>) => ({
  model_cfg: {
    embed_dim: 1024,
    vision_cfg: { image_size: 224, layers: 32, width: 1280, head_width: 80, patch_size: 14 },
    text_cfg: { context_length: 77, vocab_size: 49408, width: 1024, heads: 16, layers: 24 },
    ...model,
  },
});

describe('readTowerConfig', () => {
  it.each<[string, unknown, Architecture, Record<string, unknown>]>([
    ['the sparse CLIP', { model_type: 'clip', text_config: { bos_token_id: 0, eos_token_id: 2, dropout: 0 } }, 'clip-text', { activation: 'quick_gelu', eps: 1e-5, endToken: undefined }],
    ['the sparse CLIP', { model_type: 'clip', vision_config: { dropout: 0 } }, 'clip-vision', { activation: 'quick_gelu', eps: 1e-5 }],
    ['a CLIP with gelu', { model_type: 'clip', vision_config: { hidden_act: 'gelu', num_attention_heads: 16 } }, 'clip-vision', { activation: 'gelu' }],
    ['the sparse SigLIP', { model_type: 'siglip', text_config: { model_type: 'siglip_text_model', vocab_size: 32000 } }, 'siglip-text', { activation: 'gelu_tanh', eps: 1e-6 }],
    ["Taiyi's BERT", { model_type: 'bert', hidden_act: 'gelu', layer_norm_eps: 1e-12, hidden_size: 768, num_hidden_layers: 12 }, 'bert-text', { activation: 'gelu', eps: 1e-12, width: 768, layers: 12 }],
    ['Chinese-CLIP', { model_type: 'chinese_clip', text_config: { max_position_embeddings: 512 } }, 'chinese-clip-text', { activation: 'gelu', eps: 1e-12, contextLength: 52 }],
    ['a tower alone', { model_type: 'clip_vision_model', hidden_act: 'gelu', hidden_size: 768 }, 'clip-vision', { activation: 'gelu', width: 768 }],
    ['open_clip', openClip({}), 'clip-vision', { activation: 'gelu', width: 1280, layers: 32 }],
    ['open_clip', openClip({}), 'clip-text', { activation: 'gelu', width: 1024, contextLength: 77 }],
    ['open_clip with quick_gelu', openClip({ quick_gelu: true }), 'clip-text', { activation: 'quick_gelu' }],
    ['an XLM-R tower in open_clip', openClip({ text_cfg: { hf_model_name: 'xlm-roberta-base' } }), 'xlm-roberta-text', { activation: 'gelu', eps: 1e-5, contextLength: 77 }],
  ])('understands %s', (_, json, architecture, expected) => {
    expect(read(json, architecture)).toMatchObject(expected);
  });

  it('takes heads from where each kind of config has them, or from the family', () => {
    expect(read({ model_type: 'clip', text_config: { dropout: 0 } }, 'clip-text').heads(512)).toBe(8);
    expect(read({ model_type: 'siglip', vision_config: {} }, 'siglip-vision').heads(768)).toBe(12);
    expect(read(openClip({}), 'clip-vision').heads(1280)).toBe(16);
    expect(read(openClip({ text_cfg: { hf_model_name: 'x' } }), 'xlm-roberta-text').heads(1024)).toBe(16);
  });

  it('believes the second copy of the fields that old configs have', () => {
    const json = { model_type: 'clip', text_config: { hidden_act: 'gelu' }, text_config_dict: { hidden_act: 'quick_gelu' } };
    expect(read(json, 'clip-text').activation).toBe('quick_gelu');
  });

  it('takes an end token from the config, unless it is the one that was written by mistake', () => {
    const json = (eos: number) => ({ model_type: 'clip', text_config: { eos_token_id: eos } });
    expect(read(json(2), 'clip-text').endToken).toBeUndefined();
    expect(read(json(49407), 'clip-text').endToken).toBe(49407);
  });

  it.each<[string, unknown, Architecture, RegExp]>([
    ['another family', { model_type: 'resnet' }, 'clip-vision', /model_type is resnet, where clip or/],
    ['no family', {}, 'bert-text', /model_type is missing/],
    ['an unknown activation', { model_type: 'clip', vision_config: { hidden_act: 'swish' } }, 'clip-vision', /activation swish/],
    ['absurd sizes', { model_type: 'bert', num_attention_heads: 0 }, 'bert-text', /num_attention_heads/],
    ['another tower of open_clip', openClip({ vision_cfg: { width: 1, layers: 1, timm_model_name: 'vit' } }), 'clip-vision', /timm_model_name/],
    ['no object', 'clip', 'clip-vision', /object/],
  ])('refuses %s', (_, json, architecture, reason) => {
    expect(() => read(json, architecture)).toThrow(
      expect.objectContaining({ code: 'MODEL_NOT_AVAILABLE', message: expect.stringMatching(reason), details: { file: 'config.json' } }),
    );
  });
});
