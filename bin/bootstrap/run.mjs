import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { constants } from 'node:os';
import { setTimeout as sleep } from 'node:timers/promises';
import { findNode } from './find-node.mjs';
import { say } from './paths.mjs';

/** sysexits.h: a command line and a configuration that a person must mend. The same start would fail again. */
export const EX_USAGE = 64;
const EX_CONFIG = 78;

/** Ends that no other start would better. */
const FINAL_CODES = [0, EX_USAGE, EX_CONFIG];

const PARENT_CHECK_MS = 500;
const BACKOFF = { firstMs: 500, mostMs: 30_000, healthyMs: 60_000 };

/**
 * Runs a script under the project's Node and resolves to the exit code to end with. SIGTERM and SIGINT reach the
 * script once. So does the end of our parent: npm, when it is told to stop, kills its shell but not what that runs.
 *
 * With `restart` a script that crashed starts again after 0.5 s, 1 s, ... 30 s; a minute of health sets that back.
 * Exit codes 0, 64 and 78, and an end that we were told to bring about, are no crashes.
 */
export async function run(script, args = [], { restart = false, node = findNode(), backoff = BACKOFF } = {}) {
  const stopping = new AbortController();
  let child;
  const stop = (signal) => {
    if (stopping.signal.aborted) return;
    stopping.abort();
    child?.kill(signal);
  };
  process.on('SIGTERM', stop).on('SIGINT', stop);
  const ancestors = describeAncestors();
  const watching = setInterval(() => describeAncestors() !== ancestors && stop('SIGTERM'), PARENT_CHECK_MS);
  watching.unref();

  try {
    let delayMs = backoff.firstMs;
    for (;;) {
      const startedMs = Date.now();
      child = spawn(node, [script, ...args], { stdio: 'inherit' });
      const code = await endOf(child);
      if (!restart || stopping.signal.aborted || FINAL_CODES.includes(code)) return code;

      if (Date.now() - startedMs >= backoff.healthyMs) delayMs = backoff.firstMs;
      say(`Taxolens ended unexpectedly (exit code ${code}): starting it again in ${delayMs / 1000} s.`);
      await sleep(delayMs, undefined, { signal: stopping.signal }).catch(() => {});
      if (stopping.signal.aborted) return code;
      delayMs = Math.min(delayMs * 2, backoff.mostMs);
    }
  } finally {
    clearInterval(watching);
    process.removeListener('SIGTERM', stop).removeListener('SIGINT', stop);
  }
}

const SHELLS = /^(?:sh|ash|bash|busybox|dash|ksh|zsh)$/;

/**
 * Our parent and, where npm put a shell between us and Linux can tell, the parent of that. A shell that replaced
 * itself by us left npm as our parent; who started npm may come and go.
 */
function describeAncestors() {
  if (!process.env.npm_lifecycle_event || process.platform !== 'linux') return String(process.ppid);
  try {
    if (!SHELLS.test(readFileSync(`/proc/${process.ppid}/comm`, 'utf8').trim())) return String(process.ppid);
    const stat = readFileSync(`/proc/${process.ppid}/stat`, 'utf8');
    return `${process.ppid} ${stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1]}`;
  } catch {
    return String(process.ppid); // it is gone: our own parent has changed, or will have at the next look
  }
}

/** The exit code of a child, in the shell's way where a signal ended it: 128 + its number. */
function endOf(child) {
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('exit', (code, signal) => resolve(code ?? 128 + constants.signals[signal]));
  });
}
