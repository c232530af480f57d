import busboy from 'busboy';
import type { Request } from 'express';
import { UPLOAD_LIMITS } from '../limits.ts';
import { JsonMeter } from '../json-meter.ts';
import { receiveBody, type ReceiveOptions } from './receive-body.ts';
import { UploadForm, malformed, tooMuch, type FormBody } from './upload-form.ts';

export interface MultipartOptions extends ReceiveOptions {
  maxFileBytes: number;
  /** Of `operations`. */
  maxValues: number;
}

/**
 * Reads a GraphQL multipart request to its end and gives its operations, with an `Upload` in the place of each file.
 * Nothing is written to disk, and nothing of the body is left to come when GraphQL begins.
 * Throws INVALID_INPUT, COST_LIMIT, OVERLOADED, and DEADLINE_EXCEEDED for a client that keeps still.
 */
export async function readMultipart(request: Request, options: MultipartOptions): Promise<FormBody> {
  const { maxFileBytes, maxValues, take } = options;
  const parser = openParser(request, maxFileBytes);
  return receiveBody<FormBody>(request, options, ({ resolve, reject }) => {
    const form = new UploadForm(maxFileBytes);
    const or =
      <Arguments extends unknown[]>(step: (...given: Arguments) => void) =>
      (...given: Arguments) => {
        try {
          step(...given);
        } catch (error) {
          reject(error);
        }
      };
    const addField = (name: string, text: string, { valueTruncated }: busboy.FieldInfo) => {
      if (valueTruncated) throw tooMuch(`'${name}' has more than ${UPLOAD_LIMITS.operationsBytes} bytes`);
      new JsonMeter({ maxValues, take }).add(Buffer.from(text));
      form.addField(name, text);
    };
    type File = Parameters<UploadForm['addFile']>[1];
    parser.on('field', or(addField));
    parser.on(
      'file',
      or((name: string, stream: File) => form.addFile(name, stream)),
    );
    parser.once('filesLimit', () => reject(tooMuch(`it has more than ${UPLOAD_LIMITS.files} files`)));
    parser.once(
      'finish',
      or(() => resolve(form.finish())),
    );
    parser.on('error', (error: Error) => reject(malformed(error.message)));
    request.pipe(parser);
    return () => {
      request.unpipe(parser);
      parser.destroy();
    };
  });
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
