import { fromPlainError } from '../../../child-messages.ts';
import { spawnChild } from '../../../spawn-child.ts';
import { makeSamples } from './sample-inputs.ts';
import type { FromChild } from '../../../child-messages.ts';
import type { Tower } from '../towers/tower.ts';
import type { MeasureReport, MeasureSetup } from './measure-main.ts';

/**
 * The lowest cosine between the vectors of two graphs of one tower, over sample inputs. The graphs run in a child: the
 * process that converts may be one that must not load the runtime.
 */
export async function measureDrift(tower: Pick<Tower, 'input'>, files: [string, string]): Promise<number> {
  const child = spawnChild(new URL('measure-main.ts', import.meta.url));
  child.stderr?.resume();
  const setup: MeasureSetup = { files, samples: makeSamples(tower) };
  try {
    return await new Promise<number>((resolve, reject) => {
      child.on('message', (message: FromChild<MeasureReport, never>) => {
        if (message.type === 'ready') resolve(message.report);
        if (message.type === 'failed') reject(fromPlainError(message.error));
      });
      child.once('error', reject);
      child.once('exit', (code, signal) => {
        reject(new Error(`The graphs could not be compared: the process ended with ${signal ?? code}`));
      });
      child.send({ type: 'start', setup });
    });
  } finally {
    child.kill('SIGKILL');
  }
}
