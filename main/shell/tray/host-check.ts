/**
 * Whether this desktop shows tray icons at all. GNOME without its extension shows none and gives no error, so on
 * Linux the session bus is asked who owns `org.kde.StatusNotifierWatcher` (PLATFORM, "Tray").
 */
import type { Clock } from '../../base/ports.js';
import { askBus } from '../../bus/ask-bus.js';
import { askForHost } from '../../bus/host-names.js';
import type { ConnectBus } from '../../bus/session-bus.js';

/** A bus that does not answer by then keeps nobody from a window. */
const answerWithinMs = 2000;

/** False also where it can't be found out: one window too many is better than no way in. */
export async function hasTrayHost(
  platform: NodeJS.Platform,
  connect: ConnectBus,
  clock: Clock,
): Promise<boolean> {
  if (platform !== 'linux') return true;
  return new Promise((resolve) => {
    const stop = clock.after(answerWithinMs, () => resolve(false));
    void askBus(connect, askForHost).then((answer) => {
      stop();
      resolve(answer?.[0] === true);
    });
  });
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
