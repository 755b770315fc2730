import type { AccountRecord, Clock, Log, Network, Trust, Vault } from '../base/ports.js';
import { panelSecret } from '../base/panel-secret.js';
import type { PanelApi } from './api.js';
import { createPanelClient } from './client.js';
import { panelKind } from './panel-kind.js';

/** The key is asked of the vault for each request, and lives no longer. */
export function connectPanel(
  record: AccountRecord,
  {
    label,
    trust,
    network,
    vault,
    isTime,
    clock,
    log,
  }: {
    label: () => string;
    trust: Trust;
    network: Pick<Network, 'http'>;
    vault: Pick<Vault, 'use'>;
    /** Nothing is asked before. */
    isTime: Promise<void>;
    clock: Clock;
    log: Log;
  },
): PanelApi {
  return createPanelClient({
    panelUrl: record.panelUrl,
    label,
    http: network.http(trust),
    authorize: async (use) => {
      await isTime;
      return vault.use(panelSecret(record), use);
    },
    // The address in somebody's file is asked nothing before the person enters a key for it.
    kindOf: async () => (record.awaitsKey === true ? null : panelKind(network.http(trust), record.panelUrl)),
    clock,
    log,
  });
}
