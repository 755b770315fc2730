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
 * Runs one command of package.json. A failure that is understood is one line, anything else keeps its stack.
 *
 * @param {() => Promise<number | void>} command answers the exit code; nothing means 0
 */
export async function runCommand(command) {
  try {
    process.exitCode = (await command()) ?? 0;
  } catch (error) {
    console.error(error instanceof SetupFailure ? `perch: ${error.message}` : error);
    process.exitCode = 1;
  }
}
