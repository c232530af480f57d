// node test/support/worker-host.ts <applicationUrl> <queue>: takes a job of the queue and never finishes it.
import { startQueue } from '../../src/jobs/queue.ts';
import { silentLogger } from './silent-logger.ts';

const [applicationUrl, queueName] = process.argv.slice(2) as [string, string];
const queue = await startQueue({ applicationUrl, logger: silentLogger, queues: { [queueName]: {} } });
await queue.work(queueName, async () => {
  process.stdout.write('working\n');
  await new Promise(() => {});
});
