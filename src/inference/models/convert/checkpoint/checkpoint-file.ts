import { open } from 'node:fs/promises';
import { refusal } from './refuse.ts';
import type { FileHandle } from 'node:fs/promises';

/** Node reads at most 2 GiB at once. */
const LONGEST_READ = 2 ** 30;

/** A file that is read at positions, a piece at a time: checkpoints are larger than memory. */
export class CheckpointFile {
  readonly path: string;
  readonly size: number;
  readonly #handle: FileHandle;

  private constructor(path: string, size: number, handle: FileHandle) {
    this.path = path;
    this.size = size;
    this.#handle = handle;
  }

  /** Throws MODEL_NOT_AVAILABLE when there is no such file. */
  static async open(path: string): Promise<CheckpointFile> {
    try {
      const handle = await open(path, 'r');
      const { size } = await handle.stat();
      return new CheckpointFile(path, size, handle);
    } catch (cause) {
      throw refusal(path, `it cannot be opened (${(cause as NodeJS.ErrnoException).code})`);
    }
  }

  /** Throws MODEL_NOT_AVAILABLE when the file ends before `position + length`. */
  async read(position: number, length: number): Promise<Buffer<ArrayBuffer>> {
    if (position < 0 || position + length > this.size) {
      throw refusal(
        this.path,
        `it has ${this.size} bytes, where ${position + length} are needed: it is truncated`,
      );
    }
    // Not from Node's pool: its offset is 0, as typed arrays want it.
    const buffer = Buffer.from(new ArrayBuffer(length));
    for (let done = 0; done < length; ) {
      const wanted = Math.min(LONGEST_READ, length - done);
      const { bytesRead } = await this.#handle.read(buffer, done, wanted, position + done);
      if (bytesRead === 0) throw refusal(this.path, 'it became shorter while it was read');
      done += bytesRead;
    }
    return buffer;
  }

  close(): Promise<void> {
    return this.#handle.close();
  }
}
