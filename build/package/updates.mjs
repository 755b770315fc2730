import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { notesOf } from '../release/version.mjs';
import { localCache } from '../setup/paths.mjs';
import { homepage, nowhere } from './release.mjs';

/**
 * Where a build is to look for newer versions, and where people download them: `PERCH_UPDATES`, or below the page of the
 * project, as GitHub has it.
 *
 * @param {NodeJS.ProcessEnv} env
 * @returns {{ feed: string, page: string } | null} null where nobody has said where Perch lives: it looks for nothing then
 */
export function updatesOf(env) {
  const home = homepage(env);
  if (home === nowhere) return null;
  const feed = env.PERCH_UPDATES ?? `${home}/releases/latest/download`;
  return { feed, page: env.PERCH_DOWNLOADS ? home : `${home}/releases/latest` };
}

/**
 * What electron-builder is told of it: Perch reads the addresses from its own `package.json`, and the feeds
 * (`latest-linux.yml` and the like) are written beside the packages.
 *
 * @param {NodeJS.ProcessEnv} env
 * @param {{ platform: string, notes: string | null }} release `notes`: a file with what is new
 * @returns {string[]}
 */
export function updateArguments(env, { platform, notes }) {
  const updates = updatesOf(env);
  if (updates === null) return [];
  // macOS replaces an application only with one that the same developer has signed.
  const isSigned = platform === 'darwin' && Boolean(env.CSC_LINK);
  return [
    `-c.extraMetadata.updates.feed=${updates.feed}`,
    `-c.extraMetadata.updates.page=${updates.page}`,
    `-c.extraMetadata.updates.signed=${isSigned}`,
    '-c.publish.provider=generic',
    `-c.publish.url=${updates.feed}`,
    // Users of the beta channel also get a stable version if it is newer.
    '-c.generateUpdatesFilesForAllChannels=true',
    ...(notes === null ? [] : [`-c.releaseInfo.releaseNotesFile=${notes}`]),
  ];
}

/**
 * Writes down what the changelog says of a version, for the feeds.
 *
 * @param {string} version
 * @param {string} changelog
 * @returns {string | null} the file; null where it says nothing yet
 */
export function writeNotes(version, changelog) {
  const file = join(localCache, 'release-notes.md');
  try {
    const notes = notesOf(version, changelog);
    mkdirSync(localCache, { recursive: true });
    writeFileSync(file, notes);
    return file;
  } catch {
    return null;
  }
}
