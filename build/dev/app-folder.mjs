import { mkdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { localCache, root } from '../setup/paths.mjs';

/** What Electron starts in development: as the checkout, but what is built for a package stays as it is. */
export const appFolder = join(localCache, 'dev');
/** What `out/` is in the checkout. */
export const devOut = join(appFolder, 'out');

/** Makes the folder anew, without what the bundles put there. */
export function makeAppFolder() {
  rmSync(devOut, { recursive: true, force: true });
  mkdirSync(devOut, { recursive: true });
  /** @type {unknown} */
  const manifest = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
  const { name, version, main } = /** @type {Record<string, unknown>} */ (manifest);
  writeFileSync(join(appFolder, 'package.json'), JSON.stringify({ name, version, main }));
  // A junction is what Windows lets everybody make.
  symlinkSync(join(root, 'out', 'icons'), join(devOut, 'icons'), 'junction');
}
