import { toPlainError } from './child-messages.ts';
import type { FromChild, ToChild } from './child-messages.ts';

/**
 * The child's side: gets ready once, then answers one task after another. A child never outlives its parent, and
 * has no SIGTERM handler: that would run only after the native call in progress, and delay the end.
 */
export function serveTasks<Setup, Report, Task, Result>(
  start: (setup: Setup) => Promise<{ report: Report; handle: (task: Task) => Promise<Result> }>,
): void {
  let handle: (task: Task) => Promise<Result>;
  // A parent killed by SIGKILL closes the channel: send() would raise EPIPE without its callback.
  const send = (message: FromChild<Report, Result>, sent: () => void = () => {}) => {
    if (process.connected) process.send?.(message, undefined, undefined, sent);
  };
  // Not exit(): that waits for native threads, and one of them may be what hangs.
  process.on('disconnect', () => process.kill(process.pid, 'SIGKILL'));
  // Ctrl-C reaches the whole process group; the parent drains its requests first and then ends its children.
  process.on('SIGINT', () => {});

  process.on('message', async (message: ToChild<Setup, Task>) => {
    if (message.type === 'start') {
      try {
        const started = await start(message.setup);
        handle = started.handle;
        send({ type: 'ready', report: started.report });
      } catch (error) {
        send({ type: 'failed', error: toPlainError(error) }, () => process.exit(1));
      }
      return;
    }
    const { id } = message;
    try {
      send({ type: 'result', id, result: await handle(message.task) });
    } catch (error) {
      send({ type: 'error', id, error: toPlainError(error) });
    }
  });
}
