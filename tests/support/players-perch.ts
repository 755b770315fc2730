import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Server } from '../../bridge/schema/domain.js';
import type { Alert } from '../../main/alerts/alert.js';
import { systemClock } from '../../main/base/clock.js';
import type { Network } from '../../main/base/network-ports.js';
import type { QueryWire } from '../../main/base/query-ports.js';
import { aNetwork } from './direct-network.js';
import type { QueriedSandbox } from './queried-sandboxes.js';
import { modulesWithoutDesktop } from './modules-without-desktop.js';
import { removeFolder } from './remove-folder.js';

export interface SentRequest {
  readonly url: string;
  /** Monotonic time. */
  readonly at: number;
}

/** Main without a desktop, connected to a sandbox, with a way of its own to ask games. */
export async function playersPerch({ panel, key }: QueriedSandbox, queryWire: QueryWire) {
  const dataFolder = mkdtempSync(join(tmpdir(), 'perch-players-'));
  const requests: SentRequest[] = [];
  const alerts: Alert[] = [];
  const modules = modulesWithoutDesktop({
    dataFolder,
    random: () => 0.1,
    network: () => writingDown(aNetwork(), requests),
    queryWire: () => queryWire,
    onAlert: (alert) => alerts.push(alert),
  });
  await modules.settings.start();
  await modules.memory.start(modules.settings);
  modules.start();
  void modules.rules.start();
  await modules.actions['accounts.add']({ url: panel, key, keep: 'memory' }, { webContentsId: 1 });
  return {
    modules,
    alerts,
    /** All requests to the panel so far. */
    requests,
    rowOf: (name: string): Server | undefined =>
      [...modules.store.state.servers.values()].find((row) => row.name === name),
    async stop(): Promise<void> {
      await modules.stop();
      await modules.settings.stop();
      await modules.memory.stop();
      await removeFolder(dataFolder);
    },
  };
}

/** The network, which also notes each request. */
function writingDown(
  network: ReturnType<typeof aNetwork>,
  requests: SentRequest[],
): ReturnType<typeof aNetwork> {
  const http = network.http.bind(network);
  network.http = (trust: Parameters<Network['http']>[0]) => {
    const client = http(trust);
    return {
      send: (request) => {
        requests.push({ url: request.url, at: systemClock.now() });
        return client.send(request);
      },
      close: () => client.close(),
    };
  };
  return network;
}
