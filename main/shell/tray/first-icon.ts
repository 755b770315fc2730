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

/** Longest time in ms that the desktop needs over the bus to show the icon. */
const showsWithinMs = 40;

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

/**
 * Shows the idle icon, because no server state is known yet. A window and the application's code wait for `shown`:
 * their work would block this process while the desktop asks it for the icon.
 */
export function firstIcon({ platform, clock, connect, iconsFolder }: FirstIconDeps): {
  readonly taken: Promise<FirstIcon>;
  /** The desktop has the icon, or has had the time for it. */
  readonly shown: Promise<void>;
} {
  let read: () => void = () => undefined;
  const isRead = new Promise<void>((resolve) => (read = resolve));
  const make: MakeTrayIcon = (imagePath) =>
    platform === 'linux'
      ? new NotifierItem({ connect, picturesOf, read }, imagePath)
      : new ElectronIcon(imagePath, platform);
  const hasHost = hasTrayHost(platform, connect, clock);
  const made = app.whenReady().then(() => make(iconPath(iconsFolder, 'idle', platform)));
  const shown = made.then(
    () =>
      new Promise<void>((resolve) => {
        if (platform !== 'linux') return resolve();
        const stop = clock.after(showsWithinMs, resolve);
        void isRead.then(() => {
          stop();
          resolve();
        });
      }),
  );
  const taken = Promise.all([made, hasHost]).then(([icon, isShown]) => {
    if (!isShown) icon.destroy();
    return { icon: isShown ? icon : null, make };
  });
  return { taken, shown };
}
