import type { MenuItemConstructorOptions } from 'electron';
import { say } from '../../../messages/messages.js';

/**
 * Menu bar of macOS: Electron's own, without the entries that lose unsaved text without a question (Quit, and reload
 * in the View menu).
 *
 * Quit in the Dock and the end of a session use no menu entry, and do not ask.
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
