/**
 * The first tray icon, shown as soon as Electron is ready. The tray takes it over when the application is loaded. This
 * file therefore loads almost no code.
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
  /** null = the desktop showed no tray icons at this time. */
  readonly icon: TrayIcon | null;
  /** Creates an icon later, when the desktop shows tray icons. */
  readonly make: MakeTrayIcon;
}

export interface FirstIconDeps {
  readonly platform: NodeJS.Platform;
  readonly clock: Clock;
  readonly connect: ConnectBus;
  readonly iconsFolder: string;
}

/** Asks the desktop while Electron starts, and shows the idle icon: no server state is known yet. */
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
