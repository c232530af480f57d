import type { ImageContent } from '../classification/classify-input.ts';
import type { ImageSource } from '../schema/types.generated.ts';
import { openUpload } from './open-upload.ts';

/** GraphQL has seen to it that exactly one is given. */
export function toImageContent({ upload, url, base64 }: ImageSource): ImageContent {
  if (typeof url === 'string') return { url };
  if (typeof base64 === 'string') return { base64 };
  return { open: () => openUpload(upload) };
}
