import { refusal } from '../checkpoint/refuse.ts';
import { ARCHITECTURES } from '../conversion.ts';
import { buildBertText } from './bert-text.ts';
import { buildClipText } from './clip-text.ts';
import { buildClipVision } from './clip-vision.ts';
import { buildSiglipText } from './siglip-text.ts';
import { buildSiglipVision } from './siglip-vision.ts';
import type { Architecture, ConversionOptions } from '../conversion.ts';
import type { Builder } from './builder.ts';
import type { Tower } from './tower.ts';
import type { TowerConfig } from './tower-config.ts';
import type { TowerWeights } from './tower-weights.ts';

type Encoder = ConversionOptions['encoder'];

/** Tensors that only towers of that kind have, the more particular ones first. */
const MARKS: Record<Encoder, [mark: string, architecture: Architecture][]> = {
  image: [
    ['vision_model.head.probe', 'siglip-vision'],
    ['vision_model.embeddings.class_embedding', 'clip-vision'],
  ],
  text: [
    ['text_model.head.weight', 'siglip-text'],
    ['text_model.embeddings.token_embedding.weight', 'clip-text'],
    ['proj.0.weight', 'xlm-roberta-text'],
    ['text_model.embeddings.word_embeddings.weight', 'chinese-clip-text'],
    ['bert.embeddings.word_embeddings.weight', 'bert-text'],
    ['embeddings.word_embeddings.weight', 'bert-text'],
  ],
};

/** Throws MODEL_NOT_AVAILABLE when the weights hold no tower of that side. */
export function detectArchitecture(weights: TowerWeights, encoder: Encoder): Architecture {
  const found = MARKS[encoder].find(([mark]) => weights.has(mark));
  if (found) return found[1];
  const reason = `it holds no ${encoder} encoder of ${ARCHITECTURES[encoder].join(', ')}`;
  throw refusal(weights.file, reason, 'docs/models.md lists the families that can be converted.');
}

export function buildTower(
  builder: Builder,
  architecture: Architecture,
  config: TowerConfig,
  preprocessing: ConversionOptions['preprocessing'],
): Tower {
  switch (architecture) {
    case 'clip-text':
      return buildClipText(builder, config);
    case 'siglip-text':
      return buildSiglipText(builder, config);
    case 'bert-text':
    case 'chinese-clip-text':
      return buildBertText(builder, config, 'bert');
    case 'xlm-roberta-text':
      return buildBertText(builder, config, 'roberta');
    case 'clip-vision':
    case 'siglip-vision': {
      if (!preprocessing) throw new TypeError('An image encoder is converted with its preprocessing');
      const build = architecture === 'clip-vision' ? buildClipVision : buildSiglipVision;
      return build(builder, config, preprocessing);
    }
  }
}
