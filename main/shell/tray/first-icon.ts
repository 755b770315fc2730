/**
 * The icon before anything else of Perch is there: it stands in the tray as soon as Electron is ready, and the tray takes
 * it over once the application has been loaded. So this file loads next to nothing.
 */
import { app, Tray } from 'electron';
import { hasTrayHost, runProgram } from './host-check.js';
import { iconPath } from './icon-path.js';

export interface FirstIcon {
  /** Null where this desktop shows no icons, as far as could be found out at once. */
  readonly icon: Tray | null;
}

/** Asks the desktop while Electron gets ready. Nothing is known of any server yet, and the icon shows that. */
export async function firstIcon(platform: NodeJS.Platform, iconsFolder: string): Promise<FirstIcon> {
  const asked = hasTrayHost(platform, runProgram);
  await app.whenReady();
  return { icon: (await asked) ? new Tray(iconPath(iconsFolder, 'idle', platform)) : null };
}
