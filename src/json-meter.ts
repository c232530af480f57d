import { AppError } from './errors.ts';

export interface JsonMeterOptions {
  /** Scalars, lists and objects that the text may have. */
  maxValues: number;
  /** Counts the memory that its values will take; throws where there is no room. */
  take: (bytes: number) => void;
}

/** Of one value, parsed: an empty list or object takes that much. */
const VALUE_BYTES = 100;

const QUOTE = 0x22;
const BACKSLASH = 0x5c;
/** A value stands behind each of these, or in it: `,`, `[` and `{`. */
const COMMA = 0x2c;
const LIST = 0x5b;
const OBJECT = 0x7b;

/**
 * Counts the values of a JSON text as its bytes come, before it is parsed: 30 MB of brackets become two gigabytes of
 * lists, and hold the process for seconds.
 */
export class JsonMeter {
  readonly #options: JsonMeterOptions;
  #values = 0;
  #inString = false;
  #isEscaped = false;

  constructor(options: JsonMeterOptions) {
    this.#options = options;
  }

  /** Throws COST_LIMIT for more values than there may be, and what `take` throws. */
  add(piece: Uint8Array): void {
    const { maxValues, take } = this.#options;
    const marks = this.#countMarks(piece);
    this.#values += marks;
    if (this.#values > maxValues) {
      const message = `The body may have at most ${maxValues} values (scalars, lists and objects); send fewer at a time.`;
      throw new AppError('COST_LIMIT', { message });
    }
    take(marks * VALUE_BYTES);
  }

  #countMarks(piece: Uint8Array): number {
    let [inString, isEscaped] = [this.#inString, this.#isEscaped]; // fields would make it five times as slow
    let marks = 0;
    for (let at = 0; at < piece.length; at += 1) {
      const byte = piece[at]!;
      if (isEscaped) isEscaped = false;
      else if (byte === QUOTE) inString = !inString;
      else if (inString) isEscaped = byte === BACKSLASH;
      else if (byte === COMMA || byte === LIST || byte === OBJECT) marks += 1;
    }
    [this.#inString, this.#isEscaped] = [inString, isEscaped];
    return marks;
  }
}
