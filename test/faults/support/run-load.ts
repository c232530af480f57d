import { resolve } from 'node:path';
import { startNode } from '../../support/child.ts';
import type { LoadOrder, LoadReport } from './load-client.ts';

const CLIENT = resolve(import.meta.dirname, 'load-client.ts');

/** Sends load from a process of its own, so that the sender's pace does not hang on the server's. */
export async function runLoad(order: LoadOrder): Promise<LoadReport> {
  const client = startNode([CLIENT, JSON.stringify(order)]);
  const code = await client.ended;
  if (code !== 0) throw new Error(`The load client ended with ${code}: ${client.output()}`);
  return JSON.parse(client.output().trim().split('\n').at(-1)!) as LoadReport;
}

/** POSTs to /graphql that a server has counted, by status. */
export async function countedByStatus(url: string): Promise<Record<string, number>> {
  const text = await (await fetch(`${url}/metrics`)).text();
  const lines = text.matchAll(/^taxolens_http_request_duration_seconds_count\{([^}]*)\} (\d+)$/gm);
  const counts: Record<string, number> = {};
  for (const [, labels, count] of lines) {
    if (!labels!.includes('route="/graphql"')) continue;
    const status = /status="(\d+)"/.exec(labels!)![1]!;
    counts[status] = (counts[status] ?? 0) + Number(count);
  }
  return counts;
}
