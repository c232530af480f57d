import { toUnitRows } from '../vectors.ts';
import { truncateIds } from './tokenizer.ts';
import type { Model } from '../models/model.ts';
import type { GraphInput, Session } from './session.ts';
import type { Tokenizer } from './tokenizer.ts';

export interface EncodedTexts {
  /** A unit vector [dimension] for each text. */
  embeddings: Float32Array[];
  /** Tokens with special ones, before truncation. */
  tokenCounts: number[];
}

export interface TextEncoder {
  /** One batch. `paddedLength`: tokens that each row has at least, for a model that sees its padding. */
  encode(texts: string[], paddedLength?: number): Promise<EncodedTexts>;
  countTokens(texts: string[]): number[];
  /** The largest batch that the graph takes, or undefined when it takes any. */
  fixedBatch: number | undefined;
}

/** A row of token ids as the graph gets it: `width` long, of which the first `length` are text to the model. */
interface Row {
  ids: number[];
  width: number;
  length: number;
  padId: number;
}

/** What each input of a text graph is filled with, by its name. */
const FILLERS: Record<string, (row: Row) => number[]> = {
  input_ids: ({ ids, width, padId }) => Array.from({ length: width }, (_, i) => ids[i] ?? padId),
  attention_mask: ({ width, length }) => Array.from({ length: width }, (_, i) => (i < length ? 1 : 0)),
  token_type_ids: ({ width }) => Array.from({ length: width }, () => 0),
  position_ids: ({ width }) => Array.from({ length: width }, (_, i) => i),
};

/** Throws when the graph asks for an input that nobody can fill. */
export function createTextEncoder(session: Session, tokenizer: Tokenizer, model: Model): TextEncoder {
  const { contextLength, textPadding, textMask, dimension } = model;
  const inputs = session.inputs.map((input) => ({ input, fill: findFiller(input, session.inputs) }));
  const [fixedBatch, fixedWidth] = (session.inputs[0]?.shape ?? []).map((size) =>
    typeof size === 'number' && size > 0 ? size : undefined,
  );
  const longest = Math.min(contextLength, fixedWidth ?? contextLength);
  return {
    fixedBatch,
    countTokens: (texts) => texts.map((text) => tokenizer.encode(text).length),
    async encode(texts, paddedLength = 1) {
      const whole = texts.map((text) => tokenizer.encode(text));
      const rows = whole.map((ids) => truncateIds(ids, longest));
      // No more padding than the batch needs: it costs time, though a mask or causal attention hides it.
      const batchLongest = Math.min(longest, Math.max(paddedLength, ...rows.map(({ length }) => length)));
      const width = fixedWidth ?? (textPadding === 'context' ? contextLength : batchLongest);
      const feeds = Object.fromEntries(
        inputs.map(({ input, fill }) => {
          const data = rows.flatMap((ids) =>
            fill({ ids, width, length: textMask === 'none' ? width : ids.length, padId: tokenizer.padId }),
          );
          return [input.name, { type: 'int64' as const, data, dims: [rows.length, width] }];
        }),
      );
      const output = await session.run(feeds);
      if (output.dims.length !== 2 || output.dims[1] !== dimension) {
        throw new Error(
          `The text encoder gives [${output.dims.join(', ')}]; [${rows.length}, ${dimension}] was expected`,
        );
      }
      return {
        embeddings: toUnitRows(output.data, rows.length, dimension),
        tokenCounts: whole.map(({ length }) => length),
      };
    },
  };
}

function findFiller({ name }: GraphInput, all: readonly GraphInput[]) {
  const filler = FILLERS[name] ?? (all.length === 1 ? FILLERS['input_ids'] : undefined);
  if (filler) return filler;
  throw new Error(`A text encoder takes ${Object.keys(FILLERS).join(', ')}; this one also asks for ${name}`);
}
