import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { notesOf } from '../release/version.mjs';
import { localCache } from '../setup/paths.mjs';
import { homepage, isPlaceholder } from './release.mjs';

/**
 * Where a build looks for newer versions, and where users download them: `PERCH_UPDATES`, or below the project's page,
 * as on GitHub.
 *
 * @param {NodeJS.ProcessEnv} env
 * @returns {{ feed: string, page: string } | null} null without a known homepage; Perch then looks for no updates
 */
export function updatesOf(env) {
  const home = homepage(env);
  if (isPlaceholder(home)) return null;
  const feed = env.PERCH_UPDATES ?? `${home}/releases/latest/download`;
  return { feed, page: env.PERCH_DOWNLOADS ? home : `${home}/releases/latest` };
}

/**
 * electron-builder's arguments for updates: Perch reads the addresses from its own `package.json`, and the feeds
 * (`latest-linux.yml` and others) are written beside the packages.
 *
 * @param {NodeJS.ProcessEnv} env
 * @param {{ platform: string, notes: string | null }} release `notes`: file with the release notes
 * @returns {string[]}
 */
export function updateArguments(env, { platform, notes }) {
  const updates = updatesOf(env);
  if (updates === null) return [];
  // macOS replaces an application only with an application signed by the same developer.
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
 * Writes the changelog's section of a version to a file, for the feeds.
 *
 * @param {string} version
 * @param {string} changelog
 * @returns {string | null} the file; null if the changelog has no section yet
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
