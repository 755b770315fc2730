/**
 * A second start hands its whole command line to the Perch that runs, in one message of 32 KiB. Chromium takes a Perch
 * that does not read a longer one for hung, and kills it (PLATFORM "Life" 11): keys in memory, drafts and countdowns
 * would be gone. Whoever makes a link decides how long it is, so a long command line is cut before the other one is asked.
 */
import type { App } from 'electron';
import { ownImage, type StartedFrom } from '../../base/app-image.js';
import { longestLink } from './launch-request.js';

/** As long as a path may be. */
const longestWord = 4096;
/** Leaves room for the folder of the start, at most 4096, and for what `askedBy` reads of the words. */
const mostBytes = 16_384;

/** The words behind the program that a start may have; null where they are short enough. */
export function shortWords(words: readonly string[]): readonly string[] | null {
  if (bytesOf(words) <= mostBytes) return null;
  const short = words.flatMap((word) => {
    if (/^perch:/i.test(word)) return [word.slice(0, longestLink)];
    return Buffer.byteLength(word) <= longestWord ? [word] : [];
  });
  let left = mostBytes;
  // From the first one on: the words that start the program come first.
  return short.filter((word) => (left -= bytesOf([word])) >= 0);
}

/** Chromium hands over what a process was started with, so another process asks the running Perch. Ends this one. */
export function startWith(
  words: readonly string[],
  app: Pick<App, 'relaunch' | 'exit'>,
  from: StartedFrom,
): void {
  const image = ownImage(from);
  app.relaunch({ args: [...words], ...(image === null ? {} : { execPath: image }) });
  app.exit(0);
}

/** Each ends with a zero in the message. */
function bytesOf(words: readonly string[]): number {
  return words.reduce((sum, word) => sum + Buffer.byteLength(word) + 1, 0);
}
