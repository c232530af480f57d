import busboy from 'busboy';
import type { Request } from 'express';
import { AppError } from '../errors.ts';
import { UPLOAD_LIMITS } from '../limits.ts';
import { UploadForm, malformed, tooMuch, type UploadFormOptions } from './upload-form.ts';

export interface MultipartOptions extends UploadFormOptions {
  /** Who keeps still for longer is cut off. */
  idleMs: number;
  /** Counts bytes that have come; throws where there is no room for them. */
  take: (bytes: number) => void;
}

/**
 * Reads a GraphQL multipart request to its end and gives its operations, with an `Upload` in the place of each file.
 * Nothing is written to disk, and nothing of the body is left to come when GraphQL begins.
 * Throws INVALID_INPUT, COST_LIMIT, OVERLOADED, and DEADLINE_EXCEEDED for a client that keeps still.
 */
export async function readMultipart(request: Request, options: MultipartOptions): Promise<object> {
  const { promise, resolve, reject } = Promise.withResolvers<object>();
  const form = new UploadForm(options);
  const parser = openParser(request, options.maxFileBytes);
  const or =
    <Arguments extends unknown[]>(step: (...given: Arguments) => void) =>
    (...given: Arguments) => {
      try {
        step(...given);
      } catch (error) {
        reject(error);
      }
    };
  let chunks = 0;
  // When this process was late itself, what came meanwhile is read before the verdict.
  const judge = (seen: number) => void (chunks === seen && reject(stalled(options.idleMs)));
  const idle = setTimeout(() => setImmediate(judge, chunks), options.idleMs);
  const count = or((chunk: Buffer) => {
    chunks++;
    idle.refresh();
    options.take(chunk.length);
  });
  const leave = () => void (request.readableEnded || reject(malformed('the client left before its end')));
  parser.on(
    'field',
    or((name: string, text: string, { valueTruncated }: busboy.FieldInfo) => {
      if (valueTruncated) throw tooMuch(`'${name}' has more than ${UPLOAD_LIMITS.operationsBytes} bytes`);
      form.addField(name, text);
    }),
  );
  parser.on(
    'file',
    or((name: string, stream: Parameters<UploadForm['addFile']>[1]) => form.addFile(name, stream)),
  );
  parser.once('filesLimit', () => reject(tooMuch(`it has more than ${UPLOAD_LIMITS.files} files`)));
  parser.once(
    'finish',
    or(() => resolve(form.finish())),
  );
  parser.on('error', (error: Error) => reject(malformed(error.message)));
  request.on('data', count);
  request.once('close', leave);
  request.pipe(parser);
  try {
    return await promise;
  } finally {
    clearTimeout(idle);
    request.off('data', count).off('close', leave).unpipe(parser);
    parser.destroy();
    request.resume(); // what is still to come is thrown away, so that the answer finds its way
  }
}

function openParser(request: Request, maxFileBytes: number): busboy.Busboy {
  const limits = {
    fields: 2,
    files: UPLOAD_LIMITS.files,
    fieldSize: UPLOAD_LIMITS.operationsBytes,
    fileSize: maxFileBytes + 1, // one that has as many bytes as it may is cut too
  };
  try {
    return busboy({ headers: request.headers, defParamCharset: 'utf8', limits });
  } catch (error) {
    throw malformed((error as Error).message);
  }
}

function stalled(idleMs: number): AppError {
  const message = `Nothing of the body came for ${idleMs} ms. Send it without a pause.`;
  return new AppError('DEADLINE_EXCEEDED', { message });
}
