import { createTelling, type Telling, type TellingDeps } from '../../main/alerts/telling.js';
import { Emitter } from '../../main/base/emitter.js';
import { RememberedEvents } from './remembered-events.js';
import { someSettings } from './entities.js';

/** From the store to what a person is told; what becomes of it is the caller's. */
export function toldAlerts(
  deps: Pick<TellingDeps, 'store' | 'clock' | 'onAlert'> & Partial<TellingDeps>,
): Telling {
  return createTelling({
    settings: { current: someSettings() },
    run: 'test',
    facts: new Emitter(),
    deedsOf: () => Promise.resolve(null),
    memory: new RememberedEvents(),
    onWithdrawn: () => undefined,
    isBulk: () => false,
    ...deps,
  });
}
