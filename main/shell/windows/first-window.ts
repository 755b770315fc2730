/**
 * The first window, made before the application is loaded.
 *
 * The window's process loads its page while main loads the application. In sequence, a start of 0.8 s would take 0.2 s
 * longer (bench). The window stays invisible, and its calls wait, until `windows.ts` takes it over.
 */
import { app } from 'electron';
import type { LaunchRequest } from '../start/launch-request.js';
import { mainLook, preloadPath, windowIcon } from './main-look.js';
import { makePageWindow, type PageWindow } from './page-window.js';

/** Returns the window at the first call; null = no window, already taken, or broken. */
export type TakeFirstWindow = () => PageWindow | null;

/** True for a start at login without a request by the user. */
export function startsHidden({ hidden, link, wants }: LaunchRequest, platform: NodeJS.Platform): boolean {
  const isByLogin = platform === 'darwin' && app.getLoginItemSettings().wasOpenedAtLogin;
  return (hidden || isByLogin) && link === null && wants === null;
}

/** `out` = folder of the build output. */
export function makeFirstWindow(out: string, platform: NodeJS.Platform): TakeFirstWindow {
  let first: PageWindow | null = makePageWindow({
    page: 'main',
    preload: preloadPath(out),
    developerTools: !app.isPackaged,
    options: { ...mainLook, ...windowIcon(out, platform) },
  });
  return () => {
    const taken = first;
    first = null;
    const isWhole = taken !== null && !taken.window.isDestroyed() && !taken.window.webContents.isCrashed();
    if (isWhole) return taken;
    taken?.window.destroy();
    return null;
  };
}
