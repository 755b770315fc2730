import { join } from 'node:path';
import { nativeImage, Notification } from 'electron';
import type { Clock } from '../../base/ports.js';
import type { ConnectBus } from '../../bus/session-bus.js';
import type { MakeNotification } from './notifications.js';
import { rgbaOf } from '../system/pixels.js';
import type { DaemonPicture } from './daemon-notification.js';
import { NotificationDaemon } from './notification-daemon.js';

/** Daemons draw it no larger than so many pixels on most screens. */
const pictureSize = 48;

export interface MakeNotificationDeps {
  readonly platform: NodeJS.Platform;
  /** The folder of everything that was built. */
  readonly out: string;
  readonly clock: Clock;
  readonly connectBus: ConnectBus;
}

/** Notifications of this desktop: Electron's, and on Linux the daemon's own. */
export function makeNotification({
  platform,
  out,
  clock,
  connectBus,
}: MakeNotificationDeps): MakeNotification {
  if (platform !== 'linux') {
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

/** A file of a package lies in an archive that no daemon reads, so its pixels are sent. */
function pictureOf(path: string): DaemonPicture | null {
  const image = nativeImage.createFromPath(path);
  if (image.isEmpty()) return null;
  const { width, height } = image.getSize();
  return [width, height, width * 4, true, 8, 4, rgbaOf(image.toBitmap())];
}
