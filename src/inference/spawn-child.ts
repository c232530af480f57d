import { fork } from 'node:child_process';
import { setPriority } from 'node:os';
import type { ChildProcess } from 'node:child_process';

/** More than the system's default of 0: the API process goes first when the cores are busy. */
const LOWER_PRIORITY = 5;

/** Children need to find their libraries and devices, and have no business with the server's secrets. */
const PASSED_ON =
  /^(PATH|LD_LIBRARY_PATH|LD_PRELOAD|MALLOC_.*|DYLD_LIBRARY_PATH|CUDA_.*|NVIDIA_.*|VK_.*|LANG|TZ|TMPDIR|TEMP|TMP|SYSTEMROOT)$/i;

/**
 * Forks a module as a child that speaks structured clones, with lower priority and a bare environment.
 * Its stdout is discarded: nothing that a library prints may get into the server's own output.
 */
export function spawnChild(module: URL): ChildProcess {
  const child = fork(module, {
    serialization: 'advanced',
    execArgv: [],
    env: Object.fromEntries(Object.entries(process.env).filter(([name]) => PASSED_ON.test(name))),
    stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
  });
  child.once('spawn', () => lowerPriority(child.pid!));
  return child;
}

function lowerPriority(pid: number): void {
  try {
    setPriority(pid, LOWER_PRIORITY);
  } catch {
    // Some containers forbid it; everything works without, only less smoothly under full load.
  }
}
