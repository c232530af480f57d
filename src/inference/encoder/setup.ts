import type { Model } from '../models/model.ts';
import type { ProviderFailure } from './open-encoder.ts';

/** What an encoder's child is started with. */
export interface EncoderSetup {
  model: Model;
  executionProviders: string[];
  /** What an earlier child measured; without it this one measures while it warms up. */
  batchSize?: number | undefined;
}

/** What it found. */
export interface EncoderReport {
  provider: string;
  refused: ProviderFailure[];
  /** Images or texts in one batch at most. */
  batchSize: number;
}
