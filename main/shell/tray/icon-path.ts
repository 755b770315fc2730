/** Which picture the tray shows: `tray-<shape>-<light|dark>.png` and `.ico`, named after the bar that they are for. */
import { join } from 'node:path';
import { nativeTheme } from 'electron';
import { hasDarkBar } from './dark-bars.js';
import type { IconShape } from './icon-shape.js';

/** A file of `folder` for a shape, on the bar as it is now; `isDarkPanel` as in `hasDarkBar`. */
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

/** Whether the tray's own background is dark; it need not follow the theme of windows. */
function trayIsDark(platform: NodeJS.Platform, isDarkPanel: boolean | null): boolean {
  if (platform === 'win32') return windowsBar().shouldUseDarkColorsForSystemIntegratedUI ?? true;
  return hasDarkBar(process.env['XDG_CURRENT_DESKTOP'] ?? '', nativeTheme.shouldUseDarkColors, isDarkPanel);
}

/** Older Electron has no such field. */
function windowsBar(): { readonly shouldUseDarkColorsForSystemIntegratedUI?: boolean } {
  return nativeTheme;
}
