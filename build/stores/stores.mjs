import { aur } from './aur.mjs';
import { flatpak } from './flatpak.mjs';
import { homebrew } from './homebrew.mjs';
import { scoop } from './scoop.mjs';
import { winget } from './winget.mjs';

/**
 * The manifests of all stores for a release.
 *
 * @param {import('./release-files.mjs').Release} release
 * @returns {{ file: string, text: string }[]} names below one folder
 */
export function manifestsOf(release) {
  return [flatpak, winget, scoop, homebrew, aur].flatMap((store) => store(release));
}
