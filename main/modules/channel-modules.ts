import { randomUUID } from 'node:crypto';
import type { Alert } from '../alerts/alert.js';
import type { Network } from '../base/network-ports.js';
import type { Vault } from '../base/ports.js';
import { valueSource, type Sources } from '../base/feed-source.js';
import { channelCalls } from '../channels/calls.js';
import { ChannelSecrets } from '../channels/channel-secrets.js';
import { Channels } from '../channels/channels.js';
import { deliveriesAfter } from '../channels/deliveries-after.js';
import type { EventLog } from '../events/event-log.js';
import type { DeliveryNotes } from '../events/delivery-notes.js';
import type { Shared } from './shared.js';

export interface ChannelModulesDeps extends Shared {
  readonly network: Pick<Network, 'http'>;
  readonly vault: Vault;
  readonly onAlert: (alert: Alert) => void;
  readonly onWithdrawn: (alertId: string) => void;
  readonly deliveryNotes: () => Pick<DeliveryNotes, 'note'>;
}

/** Builds the channels, which take the alerts that the desktop gets. */
export function channelModules(deps: ChannelModulesDeps) {
  const { settings } = deps.disk;
  const secrets = new ChannelSecrets(deps.vault);
  const channels = new Channels({
    ...deps,
    secrets,
    settings,
    fleet: deps.store,
    store: deps.disk.channels,
    newId: randomUUID,
    noteDelivery: (eventIds, fact) => {
      for (const id of eventIds)
        deps.deliveryNotes().note(id, (deliveries) => deliveriesAfter(deliveries, fact));
    },
  });

  /** Follows the log after the alerts do, so that an alert about an end comes first. */
  function start(log: Pick<EventLog, 'listen'>): void {
    void channels.start();
    log.listen(({ event, before }) => {
      if (event.endedAt !== null && before?.endedAt === null) channels.eventEnded(event);
    });
  }

  return {
    channels,
    start,
    onAlert: (alert: Alert): void => {
      deps.onAlert(alert);
      channels.tell(alert);
    },
    onWithdrawn: (alertId: string): void => {
      deps.onWithdrawn(alertId);
      channels.withdraw(alertId);
    },
    calls: channelCalls({ ...deps, channels, secrets, settings, newId: randomUUID }),
    sources: { channels: valueSource(channels.states) } satisfies Partial<Sources>,
  };
}
