import type { App } from 'electron';

/** How many things are new, on the application's icon, where the system has a place for that. */
export function showBadge(app: Pick<App, 'setBadgeCount'>, platform: NodeJS.Platform, count: number): void {
  if (platform === 'darwin' || platform === 'linux') app.setBadgeCount(count);
}
