import { AppError } from '../../../../src/errors.ts';
import { serveTasks } from '../../../../src/inference/serve-tasks.ts';

/** A child that does what a test tells it to, to itself. */
export type Command = 'echo' | 'throw' | 'refuse' | 'die' | 'hang';
export type StartCommand = 'start' | 'die' | 'fail' | 'fail for good';

serveTasks<StartCommand, string, Command, string>(async (setup) => {
  if (setup === 'die') process.kill(process.pid, 'SIGKILL');
  if (setup === 'fail') throw new Error('not today');
  if (setup === 'fail for good') throw new AppError('MODEL_NOT_AVAILABLE', { message: 'the file is broken' });
  return {
    report: 'here',
    handle: async (command) => {
      if (command === 'die') process.kill(process.pid, 'SIGKILL');
      if (command === 'throw') throw new TypeError('a mistake of ours');
      if (command === 'refuse')
        throw new AppError('IMAGE_CORRUPT', { message: 'damaged', details: { at: 7 } });
      // Blocked, as in a native call: nothing but SIGKILL gets through.
      if (command === 'hang') Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0);
      return `${command} by ${process.pid}`;
    },
  };
});
