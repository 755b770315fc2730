/**
 * Checks whether the desktop shows tray icons.
 *
 * GNOME without an extension shows none and reports no error. On Linux Perch asks the session bus for the owner of
 * `org.kde.StatusNotifierWatcher` (PLATFORM, "Tray").
 */
import { inTime } from '../../base/in-time.js';
import type { Clock } from '../../base/ports.js';
import { askBus } from '../../bus/ask-bus.js';
import { askForHost } from '../../bus/host-names.js';
import type { ConnectBus } from '../../bus/session-bus.js';

/** Longest wait for the bus, in ms. The window must not wait longer. */
const answerWithinMs = 2000;

/** True if a host shows tray icons. False if unknown: an unneeded window is better than an unreachable Perch. */
export async function hasTrayHost(
  platform: NodeJS.Platform,
  connect: ConnectBus,
  clock: Clock,
): Promise<boolean> {
  if (platform !== 'linux') return true;
  const asked = inTime(clock, answerWithinMs, askBus(connect, askForHost), () => new Error('no answer'));
  return (await asked.catch(() => null))?.[0] === true;
}

/** Pauses between the checks, in ms. At login the desktop's tray may start after Perch. */
const patience = [500, 1000, 1500, 2000] as const;

/** Asks again for a while. Resolves with true as soon as there is a host. */
export async function waitForTrayHost(ask: () => Promise<boolean>, clock: Clock): Promise<boolean> {
  for (const ms of patience) {
    await new Promise<void>((resolve) => void clock.after(ms, resolve));
    if (await ask()) return true;
  }
  return false;
}
