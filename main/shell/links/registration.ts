import type { App } from 'electron';
import { linkScheme } from './perch-link.js';

/**
 * Tells Windows who opens links: a portable program has no installer that does. On Linux and macOS what was installed
 * says it (desktop file, `Info.plist`).
 */
export function registerLinks(
  app: Pick<App, 'isPackaged' | 'isDefaultProtocolClient' | 'setAsDefaultProtocolClient'>,
  platform: NodeJS.Platform,
): void {
  if (platform !== 'win32' || !app.isPackaged || app.isDefaultProtocolClient(linkScheme)) return;
  app.setAsDefaultProtocolClient(linkScheme);
}
