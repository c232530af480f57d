import { AppError } from './errors.ts';

/** A file that a multipart request announced: whole in memory, or the reason why it is not. */
export class Upload {
  // Private, so that no walk over the variables meets the bytes.
  #content: Buffer | AppError = new AppError('INVALID_INPUT', {
    message: 'The multipart request does not bring the file that its map names.',
    path: ['images'],
  });

  /** Called once, by whoever reads the body. */
  settle(content: Buffer | AppError): void {
    this.#content = content;
  }

  /** Throws IMAGE_TOO_LARGE for a file above the size limit, INVALID_INPUT for one that never came. */
  read(): Buffer {
    if (this.#content instanceof AppError) throw this.#content;
    return this.#content;
  }
}
