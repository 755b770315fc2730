/**
 * Whether this desktop shows tray icons at all. GNOME without its extension shows none and gives no error, so on
 * Linux the session bus is asked who owns `org.kde.StatusNotifierWatcher` (PLATFORM, "Tray"). The question is put
 * through the programs that desktops have for it: a library for one yes or no would be larger than the tray.
 */
import { execFile } from 'node:child_process';
import type { Clock } from '../../base/ports.js';
import { bus, watcher } from '../../bus/host-names.js';

/** Runs a program and gives its output; null where it is missing, fails or takes too long. */
export type RunProgram = (program: string, args: readonly string[]) => Promise<string | null>;

const questions: readonly [program: string, args: readonly string[]][] = [
  [
    'dbus-send',
    [
      '--session',
      '--print-reply=literal',
      '--reply-timeout=2000',
      `--dest=${bus}`,
      '/',
      `${bus}.NameHasOwner`,
      `string:${watcher}`,
    ],
  ],
  [
    'gdbus',
    [
      'call',
      '--session',
      '--timeout=2',
      `--dest=${bus}`,
      '--object-path=/',
      `--method=${bus}.NameHasOwner`,
      watcher,
    ],
  ],
  ['busctl', ['--user', '--timeout=2', 'call', bus, '/', bus, 'NameHasOwner', 's', watcher]],
];

/** False also where it can't be found out: one window too many is better than no way in. */
export async function hasTrayHost(platform: NodeJS.Platform, run: RunProgram): Promise<boolean> {
  if (platform !== 'linux') return true;
  for (const [program, args] of questions) {
    const answer = await run(program, args);
    if (answer !== null) return /\btrue\b/.test(answer);
  }
  return false;
}

/** At login the desktop's tray may come up after Perch. */
const patience = [500, 1000, 1500, 2000] as const;

/** Asks again for a while; true as soon as there is a host. */
export async function waitForTrayHost(ask: () => Promise<boolean>, clock: Clock): Promise<boolean> {
  for (const ms of patience) {
    await new Promise<void>((resolve) => void clock.after(ms, resolve));
    if (await ask()) return true;
  }
  return false;
}

export const runProgram: RunProgram = (program, args) =>
  new Promise((resolve) => {
    execFile(program, [...args], { timeout: 3000, windowsHide: true }, (error, output) => {
      resolve(error === null ? output : null);
    });
  });
