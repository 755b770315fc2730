import type { Notification } from 'electron';

/**
 * Removes the notifications that a killed or crashed run left in the Notification Center of macOS, because their
 * buttons have no listener any more. Electron 33 lacks the function; other systems have no such list.
 */
export function removeEarlier(
  api: Partial<Pick<typeof Notification, 'removeAll'>>,
  platform: NodeJS.Platform,
): void {
  if (platform === 'darwin') api.removeAll?.();
}
