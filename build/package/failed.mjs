import { SetupFailure } from '../setup/failure.mjs';

/** Line of a stack trace in electron-builder's output. */
export const stackLine = /^\s+at \S/;

const noNetwork =
  /getaddrinfo \w+ \S+|connect E\w+ \S+|socket hang up|Response code \d+ \([^)]+\)|[Cc]annot download \S+/;

/**
 * The reason why electron-builder made no package. It downloads its tools for installers (not for `--dir`) at first
 * need; a failed download is the only failure without a fault of Perch.
 *
 * @param {string} output
 * @returns {Error}
 */
export function failureOf(output) {
  const why = noNetwork.exec(output)?.[0];
  if (why !== undefined) {
    return new SetupFailure(
      `electron-builder could not download its tools for this kind of package (${why}).`,
      'Connect to GitHub, or set ELECTRON_BUILDER_BINARIES_MIRROR to a mirror that you can reach, and run the command again. An unpacked package needs no such tools: `npm run dist -- --dir`.',
    );
  }
  const stack = output.split('\n').filter((line) => stackLine.test(line));
  return new SetupFailure(
    `electron-builder failed:\n${stack.join('\n')}\n`,
    'Correct what it says above, then run the command again.',
  );
}
