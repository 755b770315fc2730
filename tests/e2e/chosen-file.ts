import type { Perch } from './perch.js';

/** Makes the dialogs of the system answer with this path from now on, for saving and for opening. */
export function choosing(perch: Perch, path: string): Promise<void> {
  return perch.app.evaluate(({ dialog }, file) => {
    dialog.showSaveDialog = () =>
      Promise.resolve({ canceled: false, filePath: file }) as ReturnType<typeof dialog.showSaveDialog>;
    dialog.showOpenDialog = () =>
      Promise.resolve({ canceled: false, filePaths: [file] }) as ReturnType<typeof dialog.showOpenDialog>;
  }, path);
}
