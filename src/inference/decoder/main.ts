import { serveTasks } from '../serve-tasks.ts';
import { decodeImage } from './decode-image.ts';
import type { Preprocessing } from '../models/preprocessing.ts';
import type { DecodedImage } from './decode-image.ts';

/** The decoder child: one picture at a time, so that a hang or a crash costs that picture only. */
export interface DecoderSetup {
  preprocessing: Preprocessing;
  maxImagePixels: number;
}

export type DecoderTask = Uint8Array;
export type DecoderResult = DecodedImage;

serveTasks<DecoderSetup, null, DecoderTask, DecoderResult>(async (setup) => ({
  report: null,
  handle: (bytes) => decodeImage(bytes, setup),
}));
