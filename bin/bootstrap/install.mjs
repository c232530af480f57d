import { spawn } from 'node:child_process';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { withLock } from './lock.mjs';
import { BootstrapError, hashFile, PROJECT_DIR, say } from './paths.mjs';

const STILL_WORKING_MS = 20_000;

/**
 * Installs the locked dependencies when they changed since the last install: the SHA-256 of package-lock.json is
 * compared with a stamp in node_modules. `dev` asks for the tools of the tests too. Throws a BootstrapError that
 * says what to do when npm fails.
 */
export async function ensureInstalled({ dev = false, projectDir = PROJECT_DIR } = {}) {
  if (isInstalled(projectDir, dev)) return;
  const lockFile = path.join(projectDir, '.taxolens', 'install.lock');
  await withLock(
    lockFile,
    async () => {
      if (isInstalled(projectDir, dev)) return; // by the one we waited for
      const first = !existsSync(path.join(projectDir, 'node_modules'));
      say(
        first
          ? 'Installing dependencies (first start, about a minute)...'
          : 'Installing changed dependencies...',
      );
      await runNpm(projectDir, dev);
      writeStamp(projectDir, dev || hasDevPackages(projectDir));
      say('Dependencies installed.');
    },
    { onWait: sayThatWeWait },
  );
}

function sayThatWeWait() {
  say('Another start is installing the dependencies: waiting for it...');
}

/** Whether node_modules is what package-lock.json says. Nothing is ever missing where there is no lock. */
export function isInstalled(projectDir, dev) {
  const hash = hashFile(path.join(projectDir, 'package-lock.json'));
  if (hash === null) return true;
  const [stampedHash, extent] = readText(stampOf(projectDir)).trim().split(' ');
  if (stampedHash === hash && (!dev || extent === 'all')) return true;
  // Somebody may have run `npm ci` by hand, as an image build does: npm keeps a list of what it installed.
  if (!matchesNpmsOwnList(projectDir, dev)) return false;
  writeStamp(projectDir, dev);
  return true;
}

function stampOf(projectDir) {
  return path.join(projectDir, 'node_modules', '.taxolens-stamp');
}

function writeStamp(projectDir, dev) {
  const hash = hashFile(path.join(projectDir, 'package-lock.json'));
  try {
    writeFileSync(stampOf(projectDir), `${hash} ${dev ? 'all' : 'production'}\n`);
  } catch {
    // A read-only install: the comparison is made again at the next start.
  }
}

function matchesNpmsOwnList(projectDir, dev) {
  const wanted = readPackages(path.join(projectDir, 'package-lock.json'));
  const present = readPackages(path.join(projectDir, 'node_modules', '.package-lock.json'));
  return Object.entries(wanted).every(([place, { version, optional, devOptional, dev: isDev, link }]) => {
    if (place === '' || link) return true;
    if (present[place]) return present[place].version === version;
    // Packages for other systems are absent by right, and dev packages where nobody asks for them.
    return Boolean(optional || devOptional || (isDev && !dev));
  });
}

function hasDevPackages(projectDir) {
  return Object.values(readPackages(path.join(projectDir, 'node_modules', '.package-lock.json'))).some(
    (entry) => entry.dev,
  );
}

function readPackages(file) {
  const text = readText(file);
  return text ? (JSON.parse(text).packages ?? {}) : {};
}

function readText(file) {
  return existsSync(file) ? readFileSync(file, 'utf8') : '';
}

async function runNpm(projectDir, dev) {
  // The npm that started us, where there is one: the one on the PATH may be another or none.
  const own = process.env.npm_execpath?.endsWith('npm-cli.js') ? process.env.npm_execpath : undefined;
  const args = ['ci', '--include=optional', ...(dev ? ['--include=dev'] : [])];
  const onWindows = process.platform === 'win32';
  const [command, commandArgs] = own
    ? [process.execPath, [own, ...args]]
    : [onWindows ? 'npm.cmd' : 'npm', args];
  const startedMs = Date.now();
  const ticking = setInterval(
    () => say(`Still installing (${Math.round((Date.now() - startedMs) / 1000)} s)...`),
    STILL_WORKING_MS,
  );
  const child = spawn(command, commandArgs, {
    cwd: projectDir,
    env: { ...process.env, npm_config_loglevel: 'error' },
    stdio: ['ignore', 'ignore', 'inherit'],
    shell: !own && onWindows,
  });
  const passOn = (signal) => child.kill(signal);
  process.once('SIGTERM', passOn).once('SIGINT', passOn);
  try {
    const code = await new Promise((resolve, reject) => {
      child.once('error', reject);
      child.once('exit', (exitCode, signal) => resolve(exitCode ?? signal));
    });
    if (code !== 0) {
      throw new BootstrapError(
        `npm ci failed (${code}); the lines above say why. Mend that and start again, or run "npm ci" in ${projectDir}.`,
      );
    }
  } catch (error) {
    if (error.code !== 'ENOENT') throw error;
    throw new BootstrapError('npm was not found. Install Node with npm, then run "npm ci" in ' + projectDir);
  } finally {
    clearInterval(ticking);
    process.removeListener('SIGTERM', passOn).removeListener('SIGINT', passOn);
  }
}
