import { AppError } from '../../../errors.ts';
import type { Manifest } from './manifest.ts';

/**
 * Refuses two encoders whose vectors mean nothing to each other: similarities of such a pair are numbers like any
 * others, so that nobody would notice. Throws INVALID_INPUT with the reason.
 */
export function checkPair({ id, image, text }: Pick<Manifest, 'id' | 'image' | 'text'>): void {
  if (image.dimension !== text.dimension) {
    throw refusal(
      id,
      `image vectors have ${image.dimension} numbers and text vectors ${text.dimension}`,
      'Pair encoders that were trained together',
    );
  }
  if (image.spaceId !== text.spaceId) {
    throw refusal(
      id,
      `the image encoder is of the space '${image.spaceId}' and the text encoder of '${text.spaceId}'`,
      'Equal sizes do not make equal spaces: give both one spaceId only if they were trained against each other',
    );
  }
}

function refusal(id: string, reason: string, remedy: string): AppError {
  const message = `The encoders of '${id}' do not share an embedding space: ${reason}. ${remedy}.`;
  return new AppError('INVALID_INPUT', { message });
}
