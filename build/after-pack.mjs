import { rmSync } from 'node:fs';
import { join } from 'node:path';

/**
 * The substitute runtime brings a launcher in the place of Electron's default application, which electron-builder
 * knows to leave out and the launcher not. On macOS there is no such runtime.
 *
 * @param {{ appOutDir: string, electronPlatformName: string }} context of electron-builder
 */
export default function afterPack({ appOutDir, electronPlatformName }) {
  if (electronPlatformName === 'darwin') return;
  rmSync(join(appOutDir, 'resources', 'app'), { recursive: true, force: true });
}
