/**
 * The icon before anything else of Perch is there: it stands in the tray as soon as Electron is ready, and the tray takes
 * it over once the application has been loaded. So this file loads next to nothing.
 */
import { app } from 'electron';
import type { Clock } from '../../base/ports.js';
import type { ConnectBus } from '../../bus/session-bus.js';
import { ElectronIcon } from './electron-icon.js';
import { hasTrayHost } from './host-check.js';
import { iconPath } from './icon-path.js';
import { NotifierItem } from './item/notifier-item.js';
import { picturesOf } from './item/pictures.js';
import type { MakeTrayIcon, TrayIcon } from './tray-icon.js';

export interface FirstIcon {
  /** Null where this desktop shows no icons, as far as could be found out at once. */
  readonly icon: TrayIcon | null;
  /** Makes an icon later, where a desktop shows them by then. */
  readonly make: MakeTrayIcon;
}

export interface FirstIconDeps {
  readonly platform: NodeJS.Platform;
  readonly clock: Clock;
  readonly connect: ConnectBus;
  readonly iconsFolder: string;
}

/** Asks the desktop while Electron gets ready. Nothing is known of any server yet, and the icon shows that. */
export async function firstIcon({
  platform,
  clock,
  connect,
  iconsFolder,
}: FirstIconDeps): Promise<FirstIcon> {
  const make: MakeTrayIcon = (imagePath) =>
    platform === 'linux'
      ? new NotifierItem({ connect, picturesOf }, imagePath)
      : new ElectronIcon(imagePath, platform);
  const asked = hasTrayHost(platform, connect, clock);
  await app.whenReady();
  return { icon: (await asked) ? make(iconPath(iconsFolder, 'idle', platform)) : null, make };
}
