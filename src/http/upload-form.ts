import type { Readable } from 'node:stream';
import { AppError } from '../errors.ts';
import { UPLOAD_LIMITS } from '../limits.ts';
import { Upload } from '../upload.ts';

export interface FormBody {
  /** The operations with an `Upload` in the place of each file. */
  body: Record<string, unknown>;
  /** Of the operations. */
  bytes: number;
}

/**
 * The parts of one GraphQL multipart request, in the order that its specification asks for: `operations`, `map`, files.
 * Source: https://github.com/jaydenseric/graphql-multipart-request-spec. Throws INVALID_INPUT, COST_LIMIT.
 */
export class UploadForm {
  readonly #maxFileBytes: number;
  #operations: FormBody | undefined;
  #uploads: Map<string, Upload> | undefined;

  constructor(maxFileBytes: number) {
    this.#maxFileBytes = maxFileBytes;
  }

  addField(name: string, text: string): void {
    if (name === 'operations') this.#setOperations(text);
    else if (name === 'map') this.#setMap(text);
  }

  /** Keeps the file until it is larger than it may be. One that the map does not name is passed over. */
  addFile(name: string, stream: Readable & { truncated?: boolean | undefined }): void {
    stream.on('error', () => {}); // the parser tells it too
    if (!this.#uploads) throw malformed("the files must follow 'map'");
    const upload = this.#uploads.get(name);
    this.#uploads.delete(name); // of two files with one name the second is none that the map names
    const chunks: Buffer[] = [];
    stream.on('limit', () => {
      chunks.length = 0;
      upload?.settle(tooLarge(this.#maxFileBytes));
    });
    stream.on('data', (chunk: Buffer) => void (upload && !stream.truncated && chunks.push(chunk)));
    stream.once('end', () => {
      if (!stream.truncated) upload?.settle(chunks.length === 1 ? chunks[0]! : Buffer.concat(chunks));
    });
  }

  finish(): FormBody {
    if (!this.#operations) throw malformed("the field 'operations' is missing");
    if (!this.#uploads) throw malformed("the field 'map' is missing");
    return this.#operations;
  }

  #setOperations(text: string): void {
    this.#operations = { body: parseObject('operations', text), bytes: Buffer.byteLength(text) };
  }

  #setMap(text: string): void {
    if (!this.#operations) throw malformed("'map' must follow 'operations'");
    if (text.length > UPLOAD_LIMITS.mapBytes)
      throw tooMuch(`'map' has more than ${UPLOAD_LIMITS.mapBytes} bytes`);
    const entries = Object.entries(parseObject('map', text));
    if (entries.length > UPLOAD_LIMITS.files) throw tooMuch(`it has more than ${UPLOAD_LIMITS.files} files`);
    this.#uploads = new Map();
    for (const [name, paths] of entries) {
      if (!Array.isArray(paths)) throw malformed(`'map' must give '${name.slice(0, 60)}' a list of paths`);
      const upload = new Upload();
      for (const path of paths) place(this.#operations.body, path, upload);
      this.#uploads.set(name, upload);
    }
  }
}

/** A file stands only where a null keeps its place, so that a path can reach nothing else. */
function place(operations: Record<string, unknown>, path: unknown, upload: Upload): void {
  const keys = typeof path === 'string' ? path.split('.') : [];
  const last = keys.pop() ?? '';
  const holder = keys.reduce(own, operations as unknown);
  if (own(holder, last) !== null) {
    throw malformed(`'map' names '${String(path).slice(0, 100)}', where 'operations' has no null`);
  }
  (holder as Record<string, unknown>)[last] = upload;
}

function own(holder: unknown, key: string): unknown {
  const isHolder = typeof holder === 'object' && holder !== null && Object.hasOwn(holder, key);
  return isHolder ? (holder as Record<string, unknown>)[key] : undefined;
}

function parseObject(name: string, text: string): Record<string, unknown> {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw malformed(`'${name}' is not JSON`);
  }
  if (typeof value === 'object' && value !== null && !Array.isArray(value))
    return value as Record<string, unknown>;
  throw malformed(`'${name}' must be an object`);
}

/** The caller's to mend: not what the multipart specification asks for. */
export function malformed(problem: string): AppError {
  return new AppError('INVALID_INPUT', { message: `The multipart body cannot be read: ${problem}.` });
}

export function tooMuch(problem: string): AppError {
  return new AppError('COST_LIMIT', { message: `The multipart body is too large: ${problem}.` });
}

function tooLarge(maxFileBytes: number): AppError {
  return new AppError('IMAGE_TOO_LARGE', {
    message: `The file is too large: it has more than ${maxFileBytes} bytes. Send it smaller: the model looks at a small square of it.`,
  });
}
