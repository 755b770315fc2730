import { spawn } from 'node:child_process';
import { shell } from 'electron';
import type { Clock } from '../../base/ports.js';

/** A file viewer that is still there then is open: without a desktop around it, `xdg-open` lasts as long as that. */
const patienceMs = 5000;

/**
 * Shows a folder in the system's file viewer; gives what went wrong, or nothing. On Linux Electron would wait for
 * `xdg-open` with all of main, so it is started here.
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
