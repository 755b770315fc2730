import type { MenuItemConstructorOptions } from 'electron';

/**
 * The menu bar of macOS, as Electron makes it but for what loses unsaved changes without asking: its own Quit, and what
 * loads the page anew in its view menu. Quit in the Dock and the end of a session do not come through a menu, and do
 * not ask.
 */
export function macMenu(
  name: string,
  { quit, developerTools }: { quit: () => void; developerTools: boolean },
): MenuItemConstructorOptions[] {
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
    {
      label: 'View',
      submenu: [
        { role: 'resetZoom' },
        { role: 'zoomIn' },
        { role: 'zoomOut' },
        { type: 'separator' },
        { role: 'togglefullscreen' },
        ...(developerTools ? [{ role: 'toggleDevTools' as const }] : []),
      ],
    },
    { role: 'windowMenu' },
  ];
}
