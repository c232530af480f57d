import { expect, it } from 'vitest';
import { createReporter } from '../../../src/cli/progress-bar.ts';
import { reportLines } from '../../../src/inference/models/store/index.ts';

const step = (done: number) => ({ label: 'Fetching', done, total: 50_000_000 });

it('is drawn over itself on a terminal, and makes room for a line', () => {
  let screen = '';
  const terminal = {
    isTTY: true,
    write: (text: string) => (screen += text),
  } as unknown as NodeJS.WriteStream;
  const reporter = createReporter(terminal);
  reporter.onProgress(step(25_000_000));
  reporter.say('Something happened.');
  reporter.onProgress(step(50_000_000));
  const bar = (filled: number) => `[${'#'.repeat(filled)}${'.'.repeat(30 - filled)}]`;
  expect(screen).toBe(
    `Fetching ${bar(15)} 25 MB of 50 MB\r\u001B[2KSomething happened.\nFetching ${bar(30)} 50 MB of 50 MB\n`,
  );
});

it('is a line for each tenth elsewhere', () => {
  const lines: string[] = [];
  const reporter = reportLines((line) => lines.push(line));
  for (let done = 0; done <= 50; done++) reporter.onProgress(step(done * 1_000_000));
  expect(lines).toHaveLength(11);
  expect(lines[5]).toBe('Fetching: 50 % of 50 MB');
});
