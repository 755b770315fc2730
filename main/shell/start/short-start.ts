/**
 * Shortens the command line of a second start.
 *
 * A second start sends its command line to the running Perch in one message of at most 32 KiB. A longer message makes
 * Chromium treat the running Perch as hung and kill it (PLATFORM "Lifecycle" 11), which loses keys in memory, drafts and
 * countdowns. The author of a link decides its length, so Perch cuts a long command line before it asks for the
 * single-instance lock.
 */
import type { App } from 'electron';
import { ownImage, type StartedFrom } from '../../base/app-image.js';
import { longestLink } from './launch-request.js';

/** Longest word, in bytes: the limit of a path. */
const longestWord = 4096;
/**
 * Limit of all words, in bytes. The rest of the message holds the working folder (4096 at most) and the data from
 * `askedBy`.
 */
const mostBytes = 16_384;

/** The shortened words after the program; null = short enough. */
export function shortWords(words: readonly string[]): readonly string[] | null {
  if (bytesOf(words) <= mostBytes) return null;
  const short = words.flatMap((word) => {
    if (/^perch:/i.test(word)) return [word.slice(0, longestLink)];
    return Buffer.byteLength(word) <= longestWord ? [word] : [];
  });
  let left = mostBytes;
  // Keep the first words: they start the program.
  return short.filter((word) => (left -= bytesOf([word])) >= 0);
}

/**
 * Restarts this process with the short command line, because Chromium always sends the original command line. Ends
 * this process.
 */
export function startWith(
  words: readonly string[],
  app: Pick<App, 'relaunch' | 'exit'>,
  from: StartedFrom,
): void {
  const image = ownImage(from);
  app.relaunch({ args: [...words], ...(image === null ? {} : { execPath: image }) });
  app.exit(0);
}

/** Size in the message: each word ends with a zero byte. */
function bytesOf(words: readonly string[]): number {
  return words.reduce((sum, word) => sum + Buffer.byteLength(word) + 1, 0);
}
