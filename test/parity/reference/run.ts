/**
 * Converts random checkpoints in the shapes of published models and compares the graphs with PyTorch, at full size:
 *
 *     node test/parity/reference/run.ts [--outliers COUNT] [case...]
 *
 * Needs python3 with torch (Debian: python3-torch), up to 12 GB of memory and as much disk. One line for each graph.
 */
import { execFileSync, fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { PRECISIONS } from '../../../src/inference/models/graph-files.ts';
import type { Measured, Task } from './measure.ts';

const PYTHON = process.env['PYTHON'] ?? 'python3';
const make = join(import.meta.dirname, 'make.py');

const { values, positionals } = parseArgs({
  options: { outliers: { type: 'string', default: '0' } },
  allowPositionals: true,
});
const known = python('--list').trim().split('\n');
const cases = positionals.length > 0 ? positionals : known;

process.stdout.write(
  'case encoder precision | cosine maxDifference | alone reversed padded | int8 check | convert s (of CPU), peak MiB, file MB\n',
);
for (const name of cases) await runCase(name);

async function runCase(name: string): Promise<void> {
  const directory = await mkdtemp(join(tmpdir(), 'parity-'));
  try {
    python('--outliers', values.outliers, name, directory);
    for (const encoder of ['image', 'text'] as const) {
      for (const precision of PRECISIONS) {
        const target = join(directory, 'onnx');
        const task = { directory, target, encoder, precision };
        const converted = await inChild({ ...task, step: 'convert' });
        if (converted.skipped) continue;
        const compared = await inChild({ ...task, step: 'compare', files: converted.files });
        const bytes = (await Promise.all(converted.files.map((file) => stat(file)))).map(({ size }) => size);
        await rm(target, { recursive: true });
        process.stdout.write(`${describe(name, { ...task, converted, compared, bytes })}\n`);
      }
    }
  } finally {
    await rm(directory, { recursive: true });
  }
}

interface Line extends Pick<Task, 'encoder' | 'precision'> {
  converted: Measured;
  compared: Measured;
  bytes: number[];
}

function describe(name: string, { encoder, precision, converted, compared, bytes }: Line): string {
  const { agreement, alone, reversed, padded } = compared;
  const short = (value: number | undefined) => value?.toExponential(1) ?? '-';
  return [
    `${name} ${encoder} ${precision}`,
    `${agreement!.cosine.toFixed(7)} ${short(agreement!.maxDifference)}`,
    `${short(alone)} ${short(reversed)} ${short(padded)}`,
    converted.int8Cosine?.toFixed(6) ?? '-',
    `${(converted.ms / 1000).toFixed(1)} s (${(converted.cpuMs / 1000).toFixed(1)}), ${converted.peakMib.toFixed(0)} MiB, ${(bytes.reduce((a, b) => a + b) / 1e6).toFixed(0)} MB`,
  ].join(' | ');
}

/** Each step in a process of its own: peaks of memory never come down. */
async function inChild(task: Task): Promise<Measured> {
  const child = fork(join(import.meta.dirname, 'measure.ts'), { serialization: 'advanced' });
  child.send(task);
  const result = once(child, 'message') as Promise<[Measured]>;
  const early = once(child, 'exit').then(([code]) => {
    throw new Error(`${task.step} of ${task.directory} ended with code ${code}`);
  });
  const [measured] = await Promise.race([result, early]);
  await early.catch(() => {});
  return measured;
}

function python(...parameters: string[]): string {
  return execFileSync(PYTHON, [make, ...parameters], {
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'inherit'],
  });
}
