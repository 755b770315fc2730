import type { App } from 'electron';
import { linkScheme } from './perch-link.js';

/**
 * Registers `perch://` on Windows, because a portable program has no installer for that.
 *
 * On Linux and macOS the installed package registers the scheme (desktop file, `Info.plist`).
 */
export function registerLinks(
  app: Pick<App, 'isPackaged' | 'isDefaultProtocolClient' | 'setAsDefaultProtocolClient'>,
  platform: NodeJS.Platform,
): void {
  if (platform !== 'win32' || !app.isPackaged || app.isDefaultProtocolClient(linkScheme)) return;
  app.setAsDefaultProtocolClient(linkScheme);
}
