import { BootstrapError, say } from './paths.mjs';

/** Runs a command line to its end and ends the process with the exit code that it resolves to. */
export async function main(command) {
  try {
    process.exitCode = await command();
  } catch (error) {
    if (!(error instanceof BootstrapError)) throw error;
    say(error.message);
    process.exitCode = 1;
  }
}
