import { setTimeout as sleep } from 'node:timers/promises';
import { AppError } from '../errors.ts';
import type { Logger } from 'pino';

/** An encoder, as far as its place in memory goes. Times are by `performance.now()`. */
export interface Resident {
  readonly isLoaded: boolean;
  /** Never unloaded. */
  readonly isKept: boolean;
  /** Has work, in its children or waiting. */
  readonly isBusy: boolean;
  readonly waiting: number;
  /** A guess before it was loaded for the first time. */
  readonly neededBytes: number;
  readonly loadedAt: number;
  readonly lastUsedAt: number;
  measure(): Promise<void>;
  load(): Promise<void>;
  unload(): Promise<void>;
  refuse(error: AppError): void;
}

export interface EncoderMemoryOptions {
  budgetBytes: number;
  residents: readonly Resident[];
  logger: Logger;
  /** What is in use may be unloaded for another after that. Default: 10,000. */
  turnMs?: number;
  /** In use is also what was used so lately: the next request may be on its way. Default: 1,000. */
  lingerMs?: number;
}

/**
 * Loads encoders that are wanted, one after the other, in the order in which they were wanted, and unloads the least
 * recently used where the budget is too small for all. When all that is loaded is in use, memory goes by turns: nobody
 * loses his place before `turnMs`, and nobody waits for it longer than the turns of those before him.
 */
export class EncoderMemory {
  readonly #options: Required<EncoderMemoryOptions>;
  readonly #wanted = new Set<Resident>();
  #isServing = false;

  constructor(options: EncoderMemoryOptions) {
    this.#options = { turnMs: 10_000, lingerMs: 1_000, ...options };
  }

  /** Bytes of all that is loaded, as last measured. */
  get usedBytes(): number {
    return sum(this.#loaded);
  }

  want(resident: Resident): void {
    this.#wanted.add(resident);
    if (!this.#isServing) void this.#serve();
  }

  async #serve(): Promise<void> {
    this.#isServing = true;
    // What is wanted meanwhile is appended, and served in the same loop.
    for (const resident of this.#wanted) {
      await this.#bring(resident).catch((err: unknown) => {
        this.#options.logger.error({ err }, 'an encoder could not be loaded');
      });
      this.#wanted.delete(resident);
    }
    this.#isServing = false;
  }

  async #bring(resident: Resident): Promise<void> {
    if (resident.isLoaded || resident.waiting === 0) return; // nobody waits any more
    if (!(await this.#makeRoom(resident))) return resident.refuse(this.#tooLarge(resident));
    await resident.load();
    await resident.measure();
    if (await this.#makeRoom(resident)) return;
    await resident.unload();
    resident.refuse(this.#tooLarge(resident));
  }

  /** False where it does not fit beside what is kept. */
  async #makeRoom(resident: Resident): Promise<boolean> {
    const { budgetBytes, lingerMs } = this.#options;
    for (;;) {
      await Promise.all(this.#loaded.map((loaded) => loaded.measure()));
      const others = this.#loaded.filter((loaded) => loaded !== resident);
      const removable = others.filter(({ isKept }) => !isKept);
      if (sum(others) + resident.neededBytes <= budgetBytes) return true;
      if (sum(others) - sum(removable) + resident.neededBytes > budgetBytes) return false;
      const victim = this.#findVictim(removable);
      if (victim) await victim.unload();
      else await sleep(lingerMs / 4, undefined, { ref: false });
    }
  }

  get #loaded(): Resident[] {
    return this.#options.residents.filter(({ isLoaded }) => isLoaded);
  }

  #findVictim(removable: Resident[]): Resident | undefined {
    const now = performance.now();
    const { turnMs, lingerMs } = this.#options;
    const unused = removable.filter(({ isBusy, lastUsedAt }) => !isBusy && now - lastUsedAt >= lingerMs);
    const [leastRecent] = unused.toSorted((a, b) => a.lastUsedAt - b.lastUsedAt);
    if (leastRecent) return leastRecent;
    return removable
      .toSorted((a, b) => a.loadedAt - b.loadedAt)
      .find(({ loadedAt }) => now - loadedAt >= turnMs);
  }

  #tooLarge({ neededBytes }: Resident): AppError {
    const kept = sum(this.#loaded.filter(({ isKept }) => isKept));
    const { budgetBytes } = this.#options;
    const message =
      `The model does not fit into memory here: it takes about ${megabytes(neededBytes)} MB beside the default ` +
      `model's ${megabytes(kept)}, and ${megabytes(budgetBytes)} are allowed. Raise TAXOLENS_MODEL_MEMORY_BYTES, ` +
      'lower TAXOLENS_ENCODERS, or add the model in a smaller precision.';
    return new AppError('MODEL_NOT_AVAILABLE', { message, details: { neededBytes, budgetBytes } });
  }
}

function sum(residents: readonly Resident[]): number {
  return residents.reduce((bytes, { neededBytes }) => bytes + neededBytes, 0);
}

const megabytes = (bytes: number) => Math.ceil(bytes / 1e6);
