import { mkdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { localCache, root } from '../setup/paths.mjs';

/**
 * Application folder for development. Electron starts this folder instead of the checkout, so that the release build
 * stays unchanged.
 */
export const appFolder = join(localCache, 'dev');
/** Counterpart of the checkout's `out/`. */
export const devOut = join(appFolder, 'out');

/** Creates the folder without the bundles. */
export function makeAppFolder() {
  rmSync(devOut, { recursive: true, force: true });
  mkdirSync(devOut, { recursive: true });
  /** @type {unknown} */
  const manifest = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
  const { name, version, main } = /** @type {Record<string, unknown>} */ (manifest);
  writeFileSync(join(appFolder, 'package.json'), JSON.stringify({ name, version, main }));
  // A junction needs no special rights on Windows.
  symlinkSync(join(root, 'out', 'icons'), join(devOut, 'icons'), 'junction');
}
