import { Client } from 'pg';

/** Of the job queue, and the note of a key's use, which is made once a minute. */
const LEFT_OUT = /pgboss|^update .*last_used_at/is;

/** Runs `work` and gives every SQL statement that the process sent meanwhile, but for those that come by the clock. */
export async function recordStatements(work: () => Promise<unknown>): Promise<string[]> {
  const statements: string[] = [];
  const original = Client.prototype.query;
  Client.prototype.query = function (this: Client, ...args: unknown[]) {
    const [query] = args;
    const text = typeof query === 'string' ? query : (query as { text?: string })?.text;
    if (text && !LEFT_OUT.test(text)) statements.push(text);
    return Reflect.apply(original, this, args);
  } as typeof original;
  try {
    await work();
  } finally {
    Client.prototype.query = original;
  }
  return statements;
}
