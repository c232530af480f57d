import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Precision } from '../graph-files.ts';
import type { LogitScale } from '../hub/read-logit-scale.ts';
import type { Manifest } from '../registry/manifest.ts';

export interface Settings {
  manifest: Manifest;
  precision: Precision;
  logitScale: LogitScale;
  contextLength: number;
  /** Names the weights of a converted image encoder. */
  imageTowerSha256: string | undefined;
}

/** Writes the files of a model's directory that say what its graphs do not. */
export async function writeSettings(directory: string, settings: Settings): Promise<void> {
  const write = (file: string, content: object) =>
    writeFile(join(directory, file), `${JSON.stringify(content, null, 2)}\n`);
  await write('config.json', describeSizes(settings));
  await write('preprocessor_config.json', describePreprocessing(settings.manifest));
  await write('taxolens.json', describeModel(settings));
}

function describeSizes({ manifest: { image, text, preprocessing }, contextLength }: Settings): object {
  return {
    model_type: text.architecture === 'siglip-text' ? 'siglip' : 'clip',
    projection_dim: image.dimension,
    text_config: { max_position_embeddings: contextLength },
    vision_config: { image_size: preprocessing.size },
  };
}

/** In the spelling of published exports. */
function describePreprocessing({ preprocessing }: Manifest): object {
  const { size, resize, resample, mean, std } = preprocessing;
  const square = { height: size, width: size };
  return {
    do_resize: true,
    size: resize === 'crop' ? { shortest_edge: size } : square,
    resample: resample === 'bilinear' ? 2 : 3,
    do_center_crop: resize === 'crop',
    ...(resize === 'crop' && { crop_size: square }),
    do_rescale: true,
    rescale_factor: 1 / 255,
    do_normalize: true,
    image_mean: mean,
    image_std: std,
  };
}

function describeModel({ manifest, precision, logitScale, contextLength, imageTowerSha256 }: Settings): object {
  const { id, name, description, image, text, activation, languages, licence, licenceNotice } = manifest;
  return {
    id,
    name,
    description,
    logitScale: logitScale.scale,
    logitBias: logitScale.bias,
    activation,
    languages,
    spaceId: image.spaceId,
    licence,
    licenceNotice,
    dimension: image.dimension,
    contextLength,
    textPadding: text.padding,
    textCleanup: text.cleanup,
    textMask: text.mask,
    precision: { image: precision, text: precision },
    imageTowerSha256,
  };
}
