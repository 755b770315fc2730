/** Who hands tray icons to whoever shows them, on the session bus of a Linux desktop. */
import type { BusCall } from './bus-wire.js';

export const watcher = 'org.kde.StatusNotifierWatcher';
export const bus = 'org.freedesktop.DBus';

/** Whether there is one; the answer is a boolean. */
export const askForHost: BusCall = {
  destination: bus,
  path: '/',
  interface: bus,
  member: 'NameHasOwner',
  signature: 's',
  args: [watcher],
};
