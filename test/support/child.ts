import { spawn, type ChildProcess } from 'node:child_process';

/** A child process whose output a test reads. */
export interface WatchedChild {
  process: ChildProcess;
  /** Everything it and its children wrote so far, stdout and stderr. */
  output(): string;
  /** Resolves to its exit code, or to the name of the signal that ended it. */
  ended: Promise<number | NodeJS.Signals | null>;
}

/** Starts Node with these arguments. */
export function startNode(args: string[], env: NodeJS.ProcessEnv = {}): WatchedChild {
  return startProgram(process.execPath, args, env);
}

/** Starts any program. */
export function startProgram(program: string, args: string[], env: NodeJS.ProcessEnv = {}): WatchedChild {
  const child = spawn(program, args, {
    env: { ...process.env, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let text = '';
  child.stdout.setEncoding('utf8').on('data', (chunk: string) => (text += chunk));
  child.stderr.setEncoding('utf8').on('data', (chunk: string) => (text += chunk));
  const ended = new Promise<number | NodeJS.Signals | null>((resolve) => {
    child.once('exit', (code, signal) => resolve(code ?? signal));
  });
  return { process: child, output: () => text, ended };
}
