import { app, Notification } from 'electron';

/** What the diagnostics tell of the program and the system that it runs on. */
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
