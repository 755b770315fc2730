import { app, Notification } from 'electron';

/** Facts about Perch and the system, for the diagnostics. */
export function runtimeFacts(hasTray: () => boolean) {
  const { electron, chrome: chromium, node } = process.versions;
  return {
    versions: {
      perch: app.getVersion(),
      electron,
      chromium,
      node,
      isPackaged: app.isPackaged,
      system: process.getSystemVersion(),
      processor: process.arch,
    },
    desktop: { hasTray, canNotify: () => Notification.isSupported() },
  };
}
