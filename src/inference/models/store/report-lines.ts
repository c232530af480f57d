import { megabytes } from './check-room.ts';
import type { Reporter } from './add-model.ts';

/** Progress as lines, for logs and pipes: one for each tenth of a step. */
export function reportLines(say: (line: string) => void): Reporter {
  let last = '';
  return {
    say,
    onProgress({ label, done, total }) {
      const tenths = Math.floor((done / total) * 10);
      const line = `${label}: ${tenths * 10} %`;
      if (line === last) return;
      last = line;
      say(`${line} of ${megabytes(total)}`);
    },
  };
}
