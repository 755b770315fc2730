import type { Http, Network, TrustedCertificate } from '../base/network-ports.js';
import type { Clock, Log } from '../base/ports.js';
import type { PanelsWithoutAccount } from './api.js';
import { createPanelClient } from './client.js';
import { panelKind } from './panel-kind.js';

export function panelsWithoutAccount({
  network,
  clock,
  log,
}: {
  readonly network: Pick<Network, 'http'>;
  readonly clock: Clock;
  readonly log: Log;
}): PanelsWithoutAccount {
  const httpOf = (trusted: TrustedCertificate | null): Http =>
    network.http({ agreed: () => trusted, outgrown: () => undefined });
  const kindOf: PanelsWithoutAccount['panelKind'] = (panelUrl, trusted) =>
    panelKind(httpOf(trusted), panelUrl);
  return {
    panelKind: kindOf,
    probePanel: ({ panelUrl, key, trusted }) =>
      createPanelClient({
        panelUrl,
        http: httpOf(trusted),
        authorize: (use) => use(key),
        kindOf: () => kindOf(panelUrl, trusted),
        clock,
        log,
      }),
  };
}
