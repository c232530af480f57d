import type { Logger } from 'pino';
import type { AdmissionRequest, ImageSlot } from './admission.ts';
import type { ImageFormat } from './decoder/sniff-format.ts';
import type { EncoderState } from './loadable-encoder.ts';
import type { Model } from './models/model.ts';

export interface InferenceOptions {
  /** The default first: it is loaded at the start, the others when they are asked for. */
  models: readonly [Model, ...Model[]];
  /** What the children of encoders may take of the memory together; never less than the default model takes. */
  modelMemoryBytes: number;
  /** Tried in this order, such as `['cuda', 'cpu']`; the first that really runs the model is used. */
  executionProviders: string[];
  /** Processes of each encoder that is loaded, and batches at once of all of them together. Default: 1. */
  encoders?: number;
  /** Decoder processes. Default: 1. */
  decoders?: number;
  maxImageBytes: number;
  /** Width x height, from the header. Progressive and interlaced images have a lower limit of their own. */
  maxImagePixels: number;
  maxQueuedImages: number;
  maxQueuedBytes: number;
  /** A picture that takes longer costs its decoder, by SIGKILL. Default: 10,000. */
  decodeTimeoutMs?: number;
  logger: Logger;
  observer?: InferenceObserver;
}

/** Callbacks for metrics. They run in the path of requests: count, do not wait. */
export interface InferenceObserver {
  onBatch?(batch: { kind: 'images' | 'texts'; size: number; encodeMs: number }): void;
  /** The wait for a decoder is part of `decodeMs`, that for an encoder is `queueMs`. */
  onImage?(image: { decodeMs: number; queueMs: number }): void;
  onRestart?(child: { kind: 'decoder' | 'encoder'; reason: string }): void;
  onOverload?(): void;
}

export interface ImageEmbedding {
  /** [dimension], a unit vector. */
  embedding: Float32Array;
  /** Size after orientation. */
  image: { width: number; height: number; format: ImageFormat; sizeBytes: number };
  /** `decodeMs` from its place in the queue to its pixels; `queueMs` from there to its batch. */
  timing: { decodeMs: number; queueMs: number; encodeMs: number; batchSize: number };
}

export interface TextEmbeddings {
  /** One unit vector [dimension] for each text, in order. */
  embeddings: Float32Array[];
  /** Tokens with special ones, before truncation: above `contextLength` the end of the text was left out. */
  tokenCounts: number[];
}

export interface ImageRequest {
  /** The key of a fair turn. */
  tenantId: string;
  /** Nobody waits for it: it yields to everything else, without starving. */
  bulk?: boolean | undefined;
  modelId: string;
  /** The file as it came. */
  bytes: Uint8Array;
  signal?: AbortSignal | undefined;
  /** Milliseconds since the epoch. */
  deadlineAt?: number | undefined;
}

export interface TextRequest {
  tenantId: string;
  modelId: string;
  texts: readonly string[];
  /**
   * Tokens that each text is padded to, for a model whose text encoder sees its padding (`textMask: 'none'`); others
   * ignore it. Default: as many as the longest of these texts has.
   */
  paddedLength?: number | undefined;
  signal?: AbortSignal | undefined;
}

/** A model and how it fares here. */
export interface ModelStatus extends Model {
  /** The execution provider in use, once an image encoder was ready. */
  provider: string | undefined;
  state: EncoderState;
  /** Images in one batch at most, as measured; null before that. */
  maxBatchSize: number | null;
}

/** Counters since the start; `queued` is now. */
export interface InferenceStats {
  imageEncoderCalls: number;
  imagesEncoded: number;
  textEncoderCalls: number;
  textsEncoded: number;
  batches: number;
  /** Images for each call of the image encoder. */
  meanImageBatch: number;
  /** Images and chunks of texts that wait for a child. */
  queued: number;
  /** Images that were admitted and not yet released. */
  admitted: number;
  /** Times that an encoder was loaded: more and more of them mean that the memory is too small for what is in use. */
  loads: number;
  /** Bytes that the encoders in memory take, as last measured. */
  modelMemoryBytes: number;
  restarts: { decoder: number; encoder: number };
}

export interface Inference {
  readonly models: ModelStatus[];
  /** Admits the images of a whole request. Throws OVERLOADED with `retryAfterMs`. Release the slot in `finally`. */
  admit(request: AdmissionRequest): ImageSlot;
  /** A cheap look before a body of the tenant is read; undefined when there is room, else counted as a refusal. */
  overloaded(tenantId: string): { retryAfterMs: number } | undefined;
  /**
   * Rejects with an AppError of this image: IMAGE_CORRUPT, IMAGE_UNSUPPORTED, IMAGE_TOO_LARGE, DEADLINE_EXCEEDED
   * (also when its decoder was killed), MODEL_NOT_AVAILABLE, INTERNAL; or with the signal's reason.
   */
  embedImage(request: ImageRequest): Promise<ImageEmbedding>;
  /**
   * Any number of texts; the same text gives the same vector to 1e-5, whatever else is asked for with it, unless the
   * model sees its padding: then it does with the same `paddedLength`.
   */
  embedTexts(request: TextRequest): Promise<TextEmbeddings>;
  /** Tokens of each text with special ones, before truncation. Nothing is encoded. */
  countTokens(request: TextRequest): Promise<number[]>;
  /**
   * Resolves where both encoders of a model run here: each encodes something, unless it has before. Rejects with
   * MODEL_NOT_AVAILABLE.
   */
  proveModel(request: Omit<TextRequest, 'texts' | 'paddedLength'>): Promise<void>;
  /** Decodes and encodes a tiny picture the same way as any other, by the default model, for /readyz. Rejects when that fails. */
  check(signal?: AbortSignal): Promise<void>;
  stats(): InferenceStats;
  /** Process ids of the children, for tests and diagnosis. */
  processIds(): { decoders: number[]; imageEncoders: number[]; textEncoders: number[] };
  /** Rejects what waits and ends the children. Idempotent. */
  stop(): Promise<void>;
}
