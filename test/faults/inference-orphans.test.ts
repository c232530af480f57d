import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { expect, it, vi } from 'vitest';
import { isAlive } from '../unit/inference/support/inference.ts';
import { writeTinyModel } from '../unit/inference/support/tiny-model.ts';

const source = new URL('../../src/inference/index.ts', import.meta.url).href;
const script = `
  import { pino } from 'pino';
  import { loadModel, startInference } from ${JSON.stringify(source)};
  const inference = await startInference({
    models: [await loadModel(process.argv[1])], modelMemoryBytes: 1e9, executionProviders: ['cpu'], logger: pino({ level: 'silent' }),
    encoders: 2, decoders: 2, maxImageBytes: 1e6, maxImagePixels: 1e6, maxQueuedImages: 10, maxQueuedBytes: 1e7,
  });
  console.log(JSON.stringify(Object.values(inference.processIds()).flat()));
`;

it.each(['SIGKILL', 'SIGTERM'] as const)('no child outlives a parent that ends by %s', async (signal) => {
  const args = ['--input-type=module', '--eval', script, await writeTinyModel()];
  const parent = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] });
  const [line] = await once(createInterface({ input: parent.stdout }), 'line');
  const children = JSON.parse(String(line)) as number[];
  expect(children.length).toBeGreaterThanOrEqual(2);
  parent.kill(signal);
  await once(parent, 'exit');
  await vi.waitFor(() => expect(children.filter(isAlive)).toEqual([]), { timeout: 10_000 });
});
