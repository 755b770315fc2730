import { spawn } from 'node:child_process';
import { shell } from 'electron';
import type { Clock } from '../../base/ports.js';

export interface OpeningDeps {
  readonly platform: string;
  readonly clock: Clock;
}

/**
 * Time in ms after which the system's program counts as open. Without a desktop environment, `xdg-open` runs as long as
 * the program.
 */
const patienceMs = 5000;
/** The same for a program that Perch starts itself, which has nothing to look up. */
const ownPatienceMs = 1000;

/**
 * Opens a folder or a file in the system's program for it. Resolves with the error message; empty = no error.
 *
 * On Linux Electron's `openPath` would block main until `xdg-open` ends, so Perch starts `xdg-open` itself.
 */
export function openWithSystem(path: string, deps: OpeningDeps): Promise<string> {
  if (deps.platform !== 'linux') return shell.openPath(path);
  return started('xdg-open', [path], patienceMs, deps);
}

/**
 * Opens a file in a program that the user chose. Resolves as `openWithSystem`. No shell is involved, and `path` is
 * absolute, so no name of a file is an option or a command.
 */
export function openWithProgram(program: string, path: string, deps: OpeningDeps): Promise<string> {
  const isBundle = deps.platform === 'darwin' && program.endsWith('.app');
  return isBundle
    ? started('open', ['-a', program, path], patienceMs, deps)
    : started(program, [path], ownPatienceMs, deps);
}

function started(
  program: string,
  args: readonly string[],
  waitMs: number,
  { clock }: OpeningDeps,
): Promise<string> {
  return new Promise((resolve) => {
    const opener = spawn(program, args, { stdio: 'ignore', detached: true });
    const cancel = clock.after(waitMs, () => resolve(''));
    const end = (failure: string): void => {
      cancel();
      resolve(failure);
    };
    opener.once('error', (error) => end(error.message));
    opener.once('exit', (code) => end(code === 0 ? '' : `${program}: ${code}`));
    opener.unref();
  });
}
