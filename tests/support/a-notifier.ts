import type { Settings } from '../../bridge/schema/settings.js';
import type { AlertSettingsPort } from '../../main/alerts/settings-port.js';
import { createNotifier, type Notifier, type NotifierDeps } from '../../main/alerts/notifier.js';
import { Emitter } from '../../main/base/emitter.js';
import { RememberedEvents } from './remembered-events.js';
import { someSettings } from './entities.js';
import { someSignals } from './sent-signals.js';

/** In-memory alert settings. `current` may be replaced. */
export function alertWishes(fields: Partial<Settings> = {}): AlertSettingsPort & { current: Settings } {
  const listeners = new Set<() => void>();
  const wishes = {
    current: someSettings(fields),
    listen(listener: () => void) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    update(change: (now: Settings) => Pick<Settings, 'alerts'> | null) {
      wishes.current = { ...wishes.current, ...change(wishes.current) };
      for (const listener of listeners) listener();
      return Promise.resolve();
    },
  };
  return wishes;
}

/** Alerts from the store up to the notification; the caller decides what happens with each notification. */
export function aNotifier(
  deps: Pick<NotifierDeps, 'store' | 'clock' | 'onAlert'> & Partial<NotifierDeps>,
): Notifier {
  return createNotifier({
    settings: alertWishes(),
    run: 'test',
    facts: new Emitter(),
    activityOf: () => Promise.resolve(null),
    backups: { originOf: () => ({}), takeRestoration: () => null },
    pastCrashes: { recall: () => undefined, stoppedSince: () => undefined },
    memory: new RememberedEvents(),
    onWithdrawn: () => undefined,
    sent: someSignals(deps.clock, deps.store),
    ...deps,
  });
}
