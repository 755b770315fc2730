/** Main's fleet with the real network and clock, connected to a sandbox in its own process. */
import { systemClock } from '../../main/base/clock.js';
import type { HttpResponse } from '../../main/base/network-ports.js';
import { Fleet } from '../../main/fleet/fleet.js';
import { FleetStore } from '../../main/fleet/store.js';
import { createPanelClient } from '../../main/panel/client.js';
import { NodeAddresses } from '../../main/wings/node-addresses.js';
import { WingsSession } from '../../main/wings/session.js';
import { FakeLog } from './fake-log.js';
import { aRecord } from './fleet-fakes.js';
import type { SandboxProcess } from './sandbox-process.js';
import { aNetwork } from './direct-network.js';
import { trusting } from './trusting.js';
import { someSignals } from './sent-signals.js';

export interface LiveFleet {
  readonly fleet: Fleet;
  readonly store: FleetStore;
  /** Start and answer of each request, in ms since the start of the fleet. */
  readonly requests: readonly { readonly at: number; readonly status: number }[];
  /** Polls until the test is true; returns the elapsed ms. */
  until(test: () => boolean, limitMs: number): Promise<number>;
}

/** Builds a fleet that is not started yet, so that a test can set the open windows first. */
export function aLiveFleet(sandbox: SandboxProcess): LiveFleet & { start(): void } {
  const store = new FleetStore();
  const log = new FakeLog();
  const addresses = new NodeAddresses(systemClock);
  const requests: { at: number; status: number }[] = [];
  let startedAt = 0;
  const now = (): number => systemClock.now() - startedAt;
  const http = aNetwork().http(trusting());
  const counting = {
    send: async (request: Parameters<typeof http.send>[0]): Promise<HttpResponse> => {
      const at = now();
      const response = await http.send(request);
      requests.push({ at, status: response.status });
      return response;
    },
    close: () => http.close(),
  };
  const fleet = new Fleet({
    store,
    clock: systemClock,
    random: Math.random,
    log,
    sent: someSignals(systemClock, store),
    connectPanel: ({ panelUrl }) =>
      createPanelClient({
        panelUrl,
        http: counting,
        authorize: (use) => use(sandbox.keys.owner),
        clock: systemClock,
        log,
      }),
    openSession: (panel, server, tell) =>
      new WingsSession({
        serverUuid: server.uuid,
        origin: panel.origin,
        ticket: () => panel.socketTicket(server.identifier),
        openSocket: aNetwork().sockets(() => trusting()),
        addresses,
        clock: systemClock,
        random: Math.random,
        log,
        tell,
      }),
  });
  return {
    fleet,
    store,
    requests,
    start() {
      startedAt = systemClock.now();
      fleet.start([aRecord({ panelUrl: sandbox.panel })]);
    },
    async until(test, limitMs) {
      while (!test()) {
        if (now() > limitMs) throw new Error(`Not within ${limitMs} ms.`);
        await new Promise((resolve) => setTimeout(resolve, 20));
      }
      return now();
    },
  };
}
