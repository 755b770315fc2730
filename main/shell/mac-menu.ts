import type { MenuItemConstructorOptions } from 'electron';

/**
 * The menu bar of macOS, as Electron makes it but for Quit: its own one ends the application without asking what
 * becomes of unsaved changes. Quit in the Dock and the end of a session do not come through a menu, and do not ask.
 */
export function macMenu(name: string, quit: () => void): MenuItemConstructorOptions[] {
  return [
    {
      label: name,
      submenu: [
        { role: 'about' },
        { type: 'separator' },
        { role: 'services' },
        { type: 'separator' },
        { role: 'hide' },
        { role: 'hideOthers' },
        { role: 'unhide' },
        { type: 'separator' },
        { label: `Quit ${name}`, accelerator: 'Command+Q', click: quit },
      ],
    },
    { role: 'fileMenu' },
    { role: 'editMenu' },
    { role: 'viewMenu' },
    { role: 'windowMenu' },
  ];
}
