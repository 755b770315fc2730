import type { App } from 'electron';

/** Shows the number of new events on the application's icon, on macOS and Linux. */
export function showBadge(app: Pick<App, 'setBadgeCount'>, platform: NodeJS.Platform, count: number): void {
  if (platform === 'darwin' || platform === 'linux') app.setBadgeCount(count);
}
