import { rmSync } from 'node:fs';
import { join } from 'node:path';

/**
 * Removes the launcher of the substitute runtime, which stands instead of Electron's default application.
 * electron-builder removes only the default application. macOS has no substitute runtime.
 *
 * @param {{ appOutDir: string, electronPlatformName: string }} context of electron-builder
 */
export default function afterPack({ appOutDir, electronPlatformName }) {
  if (electronPlatformName === 'darwin') return;
  rmSync(join(appOutDir, 'resources', 'app'), { recursive: true, force: true });
}
