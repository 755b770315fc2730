/** Whole fleet against a sandbox over real HTTP and sockets, on a clock whose pauses are shortened. */
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Account, Server } from '../../bridge/schema/domain.js';
import { systemClock } from '../../main/base/clock.js';
import type { Clock } from '../../main/base/ports.js';
import { Fleet } from '../../main/fleet/fleet.js';
import { FleetStore } from '../../main/fleet/store.js';
import { createPanelClient } from '../../main/panel/client.js';
import { NodeAddresses } from '../../main/wings/node-addresses.js';
import { WingsSession } from '../../main/wings/session.js';
import { dialectNamed, Sandbox } from '../../sandbox/sandbox.js';
import { aNetwork } from './direct-network.js';
import { aRecord } from './fleet-fakes.js';
import { gameBundle } from './game-bundle.js';
import { trusting } from './trusting.js';
import { RecordingLog } from './wings-session.js';
import { someSignals } from './sent-signals.js';
import { removeFolder } from './remove-folder.js';

/** Time factor; low enough for answers over loopback to count as quick. */
const speed = 10;

/** Clock that runs faster: two minutes pass in twelve seconds. */
const fastClock: Clock = {
  now: () => systemClock.now() * speed,
  wall: () => systemClock.wall(),
  after: (ms, run) => systemClock.after(ms / speed, run),
};

export class WeatherStage {
  readonly store = new FleetStore();
  readonly log = new RecordingLog();
  readonly sandbox: Sandbox;
  readonly fleet: Fleet;
  readonly #folder: string;

  private constructor(sandbox: Sandbox, panelUrl: string, key: string, folder: string) {
    this.sandbox = sandbox;
    this.#folder = folder;
    const network = aNetwork();
    const { log } = this;
    const addresses = new NodeAddresses(fastClock);
    this.fleet = new Fleet({
      store: this.store,
      clock: fastClock,
      random: Math.random,
      log,
      sent: someSignals(fastClock, this.store),
      connectPanel: () =>
        createPanelClient({
          panelUrl,
          http: network.http(trusting()),
          authorize: (use) => use(key),
          clock: fastClock,
          log,
        }),
      openSession: (panel, server, tell) =>
        new WingsSession({
          serverUuid: server.uuid,
          origin: panel.origin,
          ticket: () => panel.socketTicket(server.identifier),
          openSocket: network.sockets(() => trusting()),
          addresses,
          clock: fastClock,
          random: Math.random,
          log,
          tell,
        }),
    });
    this.fleet.start([aRecord({ panelUrl })]);
  }

  static async start(dialectName: string): Promise<WeatherStage> {
    const dialect = dialectNamed(dialectName);
    if (dialect === null) throw new Error(`There is no dialect ${dialectName}.`);
    const folder = mkdtempSync(join(tmpdir(), 'perch-weather-'));
    const gameFile = await gameBundle();
    const sandbox = new Sandbox({ port: 0, dialect, dataFolder: folder, gameFile, websocketLimit: null });
    const info = await sandbox.start();
    return new WeatherStage(sandbox, info.panel, info.keys.owner, folder);
  }

  async end(): Promise<void> {
    await this.fleet.stop();
    await this.sandbox.stop();
    await removeFolder(this.#folder);
  }

  get account(): Account['state'] | undefined {
    return this.store.state.accounts.get('home')?.state;
  }

  server(name: string): Server {
    const found = [...this.store.state.servers.values()].find((server) => server.name === name);
    if (found === undefined) throw new Error(`There is no ${name}.`);
    return found;
  }

  get size(): number {
    return this.store.state.servers.size;
  }

  /** Polls until the test is true; returns the elapsed ms of the fleet's time. */
  async until(what: string, test: () => boolean, limitMs = 130_000): Promise<number> {
    const begun = fastClock.now();
    while (!test()) {
      if (fastClock.now() - begun > limitMs) throw new Error(`Not within ${String(limitMs)} ms: ${what}`);
      await this.pass(200);
    }
    return fastClock.now() - begun;
  }

  pass(ms: number): Promise<void> {
    return new Promise((resolve) => setTimeout(resolve, ms / speed));
  }
}
