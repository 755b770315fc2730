import { emptyFleet } from '../../bridge/fleet/changes.js';
import type { Clock } from '../../main/base/ports.js';
import { SentSignals, type Sender } from '../../main/fleet/process/sent-signals.js';
import type { FleetStore } from '../../main/fleet/store.js';

/** Memory of signals that the user sends alone, unless `senderOf` says otherwise. */
export function someSignals(
  clock: Clock,
  store: Pick<FleetStore, 'state'> = { state: emptyFleet },
  senderOf: (serverId: string) => Sender = () => ({ bulk: false }),
): SentSignals {
  return new SentSignals(clock, () => store.state, senderOf);
}
