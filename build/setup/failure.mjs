import { pathToFileURL } from 'node:url';

/** Failure that set-up can't repair: a sentence about the problem and one about the next step. */
export class SetupFailure extends Error {
  /**
   * @param {string} what
   * @param {string} next
   */
  constructor(what, next) {
    super(`${what} ${next}`);
    this.name = 'SetupFailure';
  }
}

/**
 * Runs one command of package.json. A known failure prints one line, any other failure its stack trace.
 *
 * @param {() => Promise<number | void>} command returns the exit code; undefined means 0
 */
export async function runCommand(command) {
  try {
    process.exitCode = (await command()) ?? 0;
  } catch (error) {
    console.error(error instanceof SetupFailure ? `perch: ${error.message}` : error);
    process.exitCode = 1;
  }
}

/**
 * True if Node runs this module as the command, and no other module imported it.
 *
 * @param {string} url `import.meta.url` of the module
 */
export function isCommand(url) {
  return process.argv[1] !== undefined && url === pathToFileURL(process.argv[1]).href;
}
