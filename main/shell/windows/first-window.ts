/**
 * The window that Perch starts with, before the rest of Perch is there: a process of its own reads its page while this one
 * reads Perch. Without that the second would begin where the first has ended (bench: 0.2 s of 0.8). Nobody sees it before
 * `windows.ts` has taken it over, and what its page asks waits until then.
 */
import { app } from 'electron';
import type { Asked } from '../start/launch-request.js';
import { mainLook, preloadPath, windowIcon } from './main-look.js';
import { makePageWindow, type PageWindow } from './page-window.js';

/** Gives the window once; null where there is none, or it is of no use any more. */
export type TakeFirstWindow = () => PageWindow | null;

/** The session has started Perch, and the person has asked for nothing. */
export function startsHidden({ hidden, link, wants }: Asked, platform: NodeJS.Platform): boolean {
  const isByLogin = platform === 'darwin' && app.getLoginItemSettings().wasOpenedAtLogin;
  return (hidden || isByLogin) && link === null && wants === null;
}

/** `out`: the folder of everything that was built. */
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
