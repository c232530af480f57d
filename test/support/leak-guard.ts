import { readdirSync, readFileSync, readlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { until } from './poll.ts';

/** Notes what this process holds open now; `expectNone` fails where more is open than that. */
export function watchLeaks(): { expectNone(): Promise<void> } {
  const before = countOpen();
  return {
    async expectNone() {
      let leaked: string[] = [];
      await until(
        'everything that was started is closed',
        () => {
          const open = countOpen();
          leaked = Object.keys(open).filter((kind) => open[kind]! > (before[kind] ?? 0));
          return leaked.length === 0;
        },
        5_000,
      ).catch(() => {
        throw new Error(`Left behind after stop: ${leaked.join(', ')}; open: ${JSON.stringify(countOpen())}`);
      });
    },
  };
}

function countOpen(): Record<string, number> {
  const kinds = process.getActiveResourcesInfo().filter((kind) => /Socket|Server|Pipe|Process/.test(kind));
  const counts: Record<string, number> = { children: findChildren().length, files: countTemporaryFiles() };
  for (const kind of kinds) counts[kind] = (counts[kind] ?? 0) + 1;
  return counts;
}

/** Files of the system's temporary directory that this process holds open, removed ones too. */
export function countTemporaryFiles(): number {
  try {
    return readdirSync('/proc/self/fd').filter((fd) => isTemporary(fd)).length;
  } catch {
    return 0; // this is no Linux
  }
}

function isTemporary(fd: string): boolean {
  try {
    return readlinkSync(`/proc/self/fd/${fd}`).startsWith(`${tmpdir()}/`);
  } catch {
    return false; // closed since
  }
}

/** Process ids of the children of this process. */
export function findChildren(pid: number = process.pid): number[] {
  try {
    return readdirSync(`/proc/${pid}/task`).flatMap((task) =>
      readFileSync(`/proc/${pid}/task/${task}/children`, 'utf8').split(' ').filter(Boolean).map(Number),
    );
  } catch {
    return []; // it is gone, or this is no Linux
  }
}
