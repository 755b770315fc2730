import { join } from 'node:path';
import { nativeImage, Notification } from 'electron';
import type { Clock } from '../../base/ports.js';
import type { ConnectBus } from '../../bus/session-bus.js';
import type { MakeNotification } from './notifications.js';
import { rgbaOf } from '../system/pixels.js';
import type { DaemonPicture } from './daemon-notification.js';
import { removeEarlier } from './earlier-run.js';
import { NotificationDaemon } from './notification-daemon.js';

/** Size in pixels. Daemons draw the picture no larger on most displays. */
const pictureSize = 48;

export interface MakeNotificationDeps {
  readonly platform: NodeJS.Platform;
  /** Folder of the build output. */
  readonly out: string;
  readonly clock: Clock;
  readonly connectBus: ConnectBus;
}

/** Creates notifications for this desktop: Electron's own, or those of the daemon on Linux. */
export function makeNotification({
  platform,
  out,
  clock,
  connectBus,
}: MakeNotificationDeps): MakeNotification {
  if (platform !== 'linux') {
    removeEarlier(Notification, platform);
    return (options, replaced) => {
      replaced?.close();
      return new Notification(options);
    };
  }
  let picture: DaemonPicture | null | undefined;
  const icon = join(out, 'icons', 'app', `${pictureSize}x${pictureSize}.png`);
  return new NotificationDaemon({
    connect: connectBus,
    clock,
    picture: () => (picture ??= pictureOf(icon)),
    desktopEntry: 'app.perch.Perch',
  }).make;
}

/** Reads the pixels of the icon. A packaged file lies in an archive that no daemon can open. */
function pictureOf(path: string): DaemonPicture | null {
  const image = nativeImage.createFromPath(path);
  if (image.isEmpty()) return null;
  const { width, height } = image.getSize();
  return [width, height, width * 4, true, 8, 4, rgbaOf(image.toBitmap())];
}
