import { readFileSync } from 'node:fs';
import { link, rename, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { isRunning, markOwnProcess, type ProcessMark } from './process-identity.ts';

/** Either this process runs the cluster from now on, or a living process already does. */
export type ClaimResult = { claimed: true; release(): Promise<void> } | { claimed: false; pid: number };

/** Claims a cluster for this process. The claim of a process that has died counts for nothing. */
export async function claimCluster(homeDir: string): Promise<ClaimResult> {
  const file = path.join(homeDir, 'claim.json');
  const aside = `${file}.${process.pid}`;
  for (;;) {
    // Written aside and linked: nobody reads half a claim.
    await writeFile(aside, JSON.stringify(markOwnProcess()), { mode: 0o600 });
    try {
      await link(aside, file);
      return { claimed: true, release: () => rm(file, { force: true }) };
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    } finally {
      await rm(aside, { force: true });
    }
    const holder = readClaim(file);
    // This may be ourselves: a second start within one process shares the first one's server.
    if (holder && isRunning(holder)) return { claimed: false, pid: holder.pid };
    await removeDeadClaim(file, aside);
  }
}

/** Moves the claim aside to remove it; what another late comer claimed in this moment is put back. */
async function removeDeadClaim(file: string, aside: string): Promise<void> {
  await rename(file, aside).catch(() => {}); // somebody else removed it
  const moved = readClaim(aside);
  if (moved && isRunning(moved)) await link(aside, file).catch(() => {});
  await rm(aside, { force: true });
}

function readClaim(file: string): ProcessMark | null {
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as ProcessMark;
  } catch {
    return null; // gone meanwhile
  }
}
