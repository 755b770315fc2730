import { spawn } from 'node:child_process';
import { shell } from 'electron';
import type { Clock } from '../../base/ports.js';

/**
 * Time in ms after which the file viewer counts as open. Without a desktop environment, `xdg-open` runs as long as the
 * viewer.
 */
const patienceMs = 5000;

/**
 * Opens a folder in the system's file viewer. Resolves with the error message; empty = no error.
 *
 * On Linux Electron's `openPath` would block main until `xdg-open` ends, so Perch starts `xdg-open` itself.
 */
export function showFolder(
  path: string,
  { platform, clock }: { platform: string; clock: Clock },
): Promise<string> {
  if (platform !== 'linux') return shell.openPath(path);
  return new Promise((resolve) => {
    const opener = spawn('xdg-open', [path], { stdio: 'ignore', detached: true });
    const cancel = clock.after(patienceMs, () => resolve(''));
    const end = (failure: string): void => {
      cancel();
      resolve(failure);
    };
    opener.once('error', (error) => end(error.message));
    opener.once('exit', (code) => end(code === 0 ? '' : `xdg-open: ${code}`));
    opener.unref();
  });
}
