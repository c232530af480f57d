import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';

const hasProc = existsSync('/proc/self/stat');

/**
 * Something that tells a process from a later one with the same id: its start time. Null when no process has
 * the id. Read from /proc where there is one, else from ps.
 */
export function identifyProcess(pid: number): string | null {
  if (!hasProc) return askPs(pid, 'lstart=');
  const stat = readProc(pid, 'stat');
  if (!stat) return null;
  // Fields follow the command, which is in parentheses and may hold spaces: state first, start time the 20th.
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  return fields[0] === 'Z' ? null : (fields[19] ?? null);
}

/** A process, told apart from a later one with its number. */
export interface ProcessMark {
  pid: number;
  identity: string | null;
}

/** Marks what this process holds. */
export function markOwnProcess(): ProcessMark {
  return { pid: process.pid, identity: identifyProcess(process.pid) };
}

/** Whether the process that left a mark still runs. */
export function isRunning({ pid, identity }: ProcessMark): boolean {
  const current = identifyProcess(pid);
  return current !== null && current === identity;
}

/** The command line of a process, words separated by spaces; null when there is no such process. */
export function readCommandLine(pid: number): string | null {
  return hasProc ? (readProc(pid, 'cmdline')?.replaceAll('\0', ' ') ?? null) : askPs(pid, 'command=');
}

function readProc(pid: number, file: string): string | null {
  try {
    return readFileSync(`/proc/${pid}/${file}`, 'utf8');
  } catch {
    return null;
  }
}

function askPs(pid: number, format: string): string | null {
  const { status, stdout } = spawnSync('ps', ['-p', String(pid), '-o', format], { encoding: 'utf8' });
  return status === 0 && stdout.trim() ? stdout.trim() : null;
}
