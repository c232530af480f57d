import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { ConfigError, type Config } from '../config.ts';
import { listModels } from '../inference/index.ts';

const BATCHING = resolve(import.meta.dirname, '../../bench/batching.ts');

/** Measures how full batches are with the model in use. The measurements stand outside of what is deployed. */
export async function bench(config: Config): Promise<void> {
  if (!existsSync(BATCHING)) {
    throw new ConfigError(
      'The measurements are not part of this installation: run them in a clone of the repository.',
    );
  }
  const { benchBatching } = (await import(BATCHING)) as {
    benchBatching: (directory: string) => Promise<void>;
  };
  const [directory] = await listModels(config);
  await benchBatching(directory);
}
