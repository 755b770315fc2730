import { rmSync } from 'node:fs';
import { join } from 'node:path';

/**
 * Removes the launcher of the substitute runtime, which replaces Electron's default application. electron-builder
 * leaves out only the latter. macOS has no such runtime.
 *
 * @param {{ appOutDir: string, electronPlatformName: string }} context of electron-builder
 */
export default function afterPack({ appOutDir, electronPlatformName }) {
  if (electronPlatformName === 'darwin') return;
  rmSync(join(appOutDir, 'resources', 'app'), { recursive: true, force: true });
}
