import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { run } from '../setup/run.mjs';

export const MIRROR = 'http://deb.debian.org/debian';
/** Apt's English message for a failed download. Other failures have other messages. */
const failedFetch =
  /^(?:E|Err|W):? ?.*(?:Failed to fetch|Unable to fetch|Could not resolve|Cannot initiate the connection)/m;

/** A download failed. `unreachable` decides whether Perch is at fault. */
export class NotDownloaded extends Error {}

/**
 * @param {string} message
 * @param {string} output of apt
 */
export function failureOfApt(message, output) {
  return failedFetch.test(output) ? new NotDownloaded(message) : new Error(message);
}

/**
 * Checks whether the mirror is reachable, with apt's own program, which uses apt's proxy.
 *
 * @param {string} suite as `trixie`
 * @param {string} [mirror]
 * @returns {Promise<string | null>} the reason why nothing can be downloaded here; null if downloads work
 */
export async function unreachable(suite, mirror = MIRROR) {
  const folder = mkdtempSync(join(tmpdir(), 'perch-reach-'));
  const patience = ['-o', 'Acquire::Retries=1', '-o', 'Acquire::http::Timeout=20'];
  const address = `${mirror}/dists/${suite}/InRelease`;
  const words = ['download-file', ...patience, address, join(folder, 'InRelease')];
  const { code, output } = await run('/usr/lib/apt/apt-helper', words);
  rmSync(folder, { recursive: true, force: true });
  if (code === 0) return null;
  const said = /^E: (.*)$/m.exec(output)?.[1] ?? `apt-helper ended with ${code}`;
  return `${mirror} can't be reached from here, and it is not in the cache (${said})`;
}

/** @param {string} why @returns {import('../steps.mjs').Outcome} */
export function leftOut(why) {
  return { passed: 0, failed: 0, output: '', note: `left out: ${why}` };
}

/**
 * Does the work. If a download is impossible here, the step is left out with the reason.
 *
 * @param {() => Promise<import('../steps.mjs').Outcome>} work
 * @param {() => Promise<string | null>} whyUnreachable
 */
export async function orLeftOut(work, whyUnreachable) {
  try {
    return await work();
  } catch (error) {
    const why = error instanceof NotDownloaded ? await whyUnreachable() : null;
    if (why === null) throw error;
    return leftOut(why);
  }
}
