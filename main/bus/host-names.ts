/** D-Bus names for the program that hands tray icons to the Linux desktop. */
import type { BusCall } from './bus-wire.js';

export const watcher = 'org.kde.StatusNotifierWatcher';
export const bus = 'org.freedesktop.DBus';

/** Asks whether a tray exists. The answer is a boolean. */
export const askForHost: BusCall = {
  destination: bus,
  path: '/',
  interface: bus,
  member: 'NameHasOwner',
  signature: 's',
  args: [watcher],
};
