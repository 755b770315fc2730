import { join } from 'node:path';
import type { BrowserWindowConstructorOptions } from 'electron';

/** Size of the main window at its first opening. */
export const mainSize = { width: 1280, height: 800 };
/** Smallest size: fits a display of 1920 x 1080 with scale factor 2, beside a bar. */
export const leastMainSize = { width: 720, height: 440 };

/** Window icon for Linux and Windows. `out` = folder of the build output. */
export function windowIcon(out: string, platform: NodeJS.Platform): BrowserWindowConstructorOptions {
  return platform === 'darwin' ? {} : { icon: join(out, 'icons', 'app.png') };
}

/** Options of the main window, without its place. */
export const mainLook: BrowserWindowConstructorOptions = {
  ...mainSize,
  minWidth: leastMainSize.width,
  minHeight: leastMainSize.height,
  title: 'Perch',
  autoHideMenuBar: true,
};

export function preloadPath(out: string): string {
  return join(out, 'preload', 'index.cjs');
}
