import { megabytes, reportLines, type Reporter } from '../inference/models/store/index.ts';
import { say } from './say.ts';

const WIDTH = 30;
const REDRAW_MS = 100;

/** Progress for the person at the terminal: a bar that is drawn over itself; lines where the output is kept. */
export function createReporter(output: NodeJS.WriteStream = process.stdout): Reporter {
  return output.isTTY ? drawBars(output) : reportLines(say);
}

function drawBars(output: NodeJS.WriteStream): Reporter {
  let drawn = '';
  let drawnAt = 0;
  return {
    say(line) {
      output.write(`${clear(drawn)}${line}\n`);
      drawn = '';
    },
    onProgress({ label, done, total }) {
      const isDone = done >= total;
      if (!isDone && performance.now() - drawnAt < REDRAW_MS) return;
      drawnAt = performance.now();
      const line = drawBar({ label, done, total });
      output.write(`${clear(drawn)}${line}${isDone ? '\n' : ''}`);
      drawn = isDone ? '' : line;
    },
  };
}

const clear = (drawn: string) => (drawn ? '\r\u001B[2K' : '');

function drawBar({ label, done, total }: { label: string; done: number; total: number }): string {
  const filled = Math.min(WIDTH, Math.round((done / total) * WIDTH));
  const bar = `${'#'.repeat(filled)}${'.'.repeat(WIDTH - filled)}`;
  return `${label} [${bar}] ${megabytes(done)} of ${megabytes(total)}`;
}
