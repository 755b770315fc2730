import { join } from 'node:path';
import type { BrowserWindowConstructorOptions } from 'electron';

/** Where it was never left otherwise. */
export const mainSize = { width: 1280, height: 800 };
/** So that it fits a screen of 1920 x 1080 that draws everything twice as large, beside a bar. */
export const leastMainSize = { width: 720, height: 440 };

/** The application's icon, which Linux and Windows show on windows. `out`: the folder of everything that was built. */
export function windowIcon(out: string, platform: NodeJS.Platform): BrowserWindowConstructorOptions {
  return platform === 'darwin' ? {} : { icon: join(out, 'icons', 'app.png') };
}

/** What the main window is, wherever it stands. */
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
