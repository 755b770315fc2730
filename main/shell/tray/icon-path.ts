/** File of the tray icon: `tray-<shape>-<light|dark>.png` and `.ico`. The name says which bar it is for. */
import { join } from 'node:path';
import { nativeTheme } from 'electron';
import { hasDarkBar } from './dark-bars.js';
import type { IconShape } from './icon-shape.js';

/** The file for a shape and the current bar. `isDarkPanel` as in `hasDarkBar`. */
export function iconPath(
  folder: string,
  shape: IconShape,
  platform: NodeJS.Platform,
  isDarkPanel: boolean | null = null,
): string {
  return join(folder, iconFile(shape, platform, isDarkPanel));
}

function iconFile(shape: IconShape, platform: NodeJS.Platform, isDarkPanel: boolean | null): string {
  // macOS colours pictures with this ending itself.
  if (platform === 'darwin') return `tray-${shape}Template.png`;
  const bar = trayIsDark(platform, isDarkPanel) ? 'dark' : 'light';
  return `tray-${shape}-${bar}.${platform === 'win32' ? 'ico' : 'png'}`;
}

/** True if the tray's background is dark. It may differ from the window theme. */
function trayIsDark(platform: NodeJS.Platform, isDarkPanel: boolean | null): boolean {
  if (platform === 'win32') return windowsBar().shouldUseDarkColorsForSystemIntegratedUI ?? true;
  return hasDarkBar(process.env['XDG_CURRENT_DESKTOP'] ?? '', nativeTheme.shouldUseDarkColors, isDarkPanel);
}

/** Older versions of Electron lack this field. */
function windowsBar(): { readonly shouldUseDarkColorsForSystemIntegratedUI?: boolean } {
  return nativeTheme;
}
