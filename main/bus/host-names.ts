/** Who hands tray icons to whoever shows them, on the session bus of a Linux desktop. */
export const watcher = 'org.kde.StatusNotifierWatcher';
export const bus = 'org.freedesktop.DBus';
