import type { MenuItemConstructorOptions } from 'electron';
import { say } from '../../../messages/messages.js';

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
        { label: say('desktop.quit-app', { name }), accelerator: 'Command+Q', click: quit },
      ],
    },
    { role: 'fileMenu', label: say('desktop.file') },
    { role: 'editMenu', label: say('desktop.edit') },
    {
      label: say('desktop.view'),
      submenu: [
        { role: 'resetZoom' },
        { role: 'zoomIn' },
        { role: 'zoomOut' },
        { type: 'separator' },
        { role: 'togglefullscreen' },
        ...(developerTools ? [{ role: 'toggleDevTools' as const }] : []),
      ],
    },
    { role: 'windowMenu', label: say('desktop.window') },
  ];
}
