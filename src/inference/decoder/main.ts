import { serveTasks } from '../serve-tasks.ts';
import { decodeImage } from './decode-image.ts';
import type { Preprocessing } from '../models/preprocessing.ts';
import type { DecodedImage } from './decode-image.ts';

/** The decoder child: one picture at a time, so that a hang or a crash costs that picture only. */
export interface DecoderSetup {
  maxImagePixels: number;
}

export interface DecoderTask {
  bytes: Uint8Array;
  /** Of the model that will see it. */
  preprocessing: Preprocessing;
}

export type DecoderResult = DecodedImage;

serveTasks<DecoderSetup, null, DecoderTask, DecoderResult>(async ({ maxImagePixels }) => ({
  report: null,
  handle: ({ bytes, preprocessing }) => decodeImage(bytes, { preprocessing, maxImagePixels }),
}));
