import type { Network, Trust } from '../base/network-ports.js';
import type { AccountRecord, Clock, Log, Vault } from '../base/ports.js';
import { panelSecret } from '../base/panel-secret.js';
import type { PanelApi } from './api.js';
import { createPanelClient } from './client.js';
import { panelKind } from './panel-kind.js';

/**
 * Creates the panel client of an account. The vault provides the key for each request; the client never stores the key.
 */
export function connectPanel(
  record: AccountRecord,
  deps: {
    label: () => string;
    trust: Trust;
    network: Pick<Network, 'http'>;
    vault: Pick<Vault, 'use'>;
    /** Requests wait for this promise. */
    isTime: Promise<void>;
    clock: Clock;
    log: Log;
  },
): PanelApi {
  const { trust, network, vault, isTime } = deps;
  return createPanelClient({
    ...deps,
    panelUrl: record.panelUrl,
    http: network.http(trust),
    authorize: async (use) => {
      await isTime;
      return vault.use(panelSecret(record), use);
    },
    // An imported address gets no request before the user has entered a key for it.
    kindOf: async () => (record.awaitsKey === true ? null : panelKind(network.http(trust), record.panelUrl)),
  });
}
