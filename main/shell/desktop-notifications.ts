import type { View } from '../../bridge/schema/view.js';
import { makeNotification } from './notifications/make-notification.js';
import { Notifications, type NotificationsDeps } from './notifications/notifications.js';

export interface DesktopNotificationsDeps extends Pick<NotificationsDeps, 'platform' | 'act'> {
  readonly notices: {
    /** Why the desktop shows no notifications; null = it shows them again. */
    notificationsFailed(why: string | null): void;
  };
  readonly openMain: (view: View) => void;
}

/** Notifications of this desktop, which open the server, or the fleet if they are about several. */
export function desktopNotifications(
  deps: DesktopNotificationsDeps & Parameters<typeof makeNotification>[0],
): Notifications {
  return new Notifications({
    make: makeNotification(deps),
    platform: deps.platform,
    failed: (why) => deps.notices.notificationsFailed(why),
    act: deps.act,
    open: ([serverId, ...others]) => {
      const isOne = serverId !== undefined && others.length === 0;
      deps.openMain(isOne ? { kind: 'server', serverId } : { kind: 'fleet' });
    },
  });
}
