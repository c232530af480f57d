import {
  linkSync,
  mkdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

const TOUCH_MS = 2_000;
/** A holder that has not touched its lock for so long is dead, even if its process id lives on in another process. */
const DEAD_AFTER_MS = 20_000;

/**
 * Runs `work` while holding `file`; waits while a living process holds it. `onWait` is called once when it must.
 * A dead holder (its id is gone, or it stopped touching the file) does not count.
 */
export async function withLock(file, work, { onWait = () => {}, pollMs = 200 } = {}) {
  mkdirSync(path.dirname(file), { recursive: true });
  for (let waited = false; !tryCreate(file); waited = true) {
    if (!isHeld(file)) {
      removeDeadLock(file);
      continue;
    }
    if (!waited) onWait();
    await sleep(pollMs);
  }
  const touching = setInterval(() => {
    const now = new Date();
    try {
      utimesSync(file, now, now);
    } catch {
      // Removed by hand: the work goes on, only unguarded.
    }
  }, TOUCH_MS);
  const release = () => rmSync(file, { force: true });
  process.once('exit', release);
  try {
    return await work();
  } finally {
    clearInterval(touching);
    process.removeListener('exit', release);
    release();
  }
}

function tryCreate(file) {
  try {
    writeFileSync(file, String(process.pid), { flag: 'wx' });
    return true;
  } catch (error) {
    if (error.code === 'EEXIST') return false;
    throw error;
  }
}

/** Moves the lock aside to remove it; what another late comer locked in this moment is put back. */
function removeDeadLock(file) {
  const aside = `${file}.${process.pid}`;
  try {
    renameSync(file, aside);
    if (isHeld(aside)) linkSync(aside, file);
  } catch {
    // Somebody else was faster: the next look tells.
  }
  rmSync(aside, { force: true });
}

function isHeld(file) {
  try {
    if (Date.now() - statSync(file).mtimeMs > DEAD_AFTER_MS) return false;
    const pid = Number(readFileSync(file, 'utf8'));
    if (!pid) return true; // its holder is just writing
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // EPERM: it lives, as another user. ENOENT: given back meanwhile. ESRCH: dead.
    return error.code === 'EPERM';
  }
}
