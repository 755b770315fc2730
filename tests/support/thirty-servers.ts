/** A panel of the sandbox with thirty servers, and Perch's bulk actions on them; the clock goes as far as panels ask. */
import { aServer, someMemory, someSettings } from './entities.js';
import { aNetwork } from './direct-network.js';
import { FakeClock } from './fake-clock.js';
import { FakeLog } from './fake-log.js';
import { HeldFields } from './held-fields.js';
import { PanelRig } from './panel-rig.js';
import { trusting } from './trusting.js';
import { BulkPower } from '../../main/actions/many/bulk-power.js';
import type { BulkWorkDeps } from '../../main/actions/many/bulk-work.js';
import type { ServerDeps } from '../../main/actions/deps.js';
import { FleetStore } from '../../main/fleet/store.js';
import type { PanelApi } from '../../main/panel/api.js';
import { createPanelClient } from '../../main/panel/client.js';

/** Ids of the servers for Perch. */
export const thirtyIds = Array.from({ length: 30 }, (_, at) => `home/${at}`);

interface Options {
  readonly dialect: string;
  /** Calls a minute. */
  readonly clientLimit: number;
  /** Replaces calls of the panel client, such as those whose answers get lost. */
  readonly spoil?: (client: PanelApi) => Partial<PanelApi>;
  /** The work of the bulk action. */
  readonly work: (deps: ServerDeps) => Partial<BulkWorkDeps>;
}

export class ThirtyServers {
  readonly clock = new FakeClock();
  readonly client: PanelApi;
  readonly bulk: BulkPower;
  /** Short ids, by which the panel knows the servers. */
  readonly identifiers: readonly string[];

  private constructor(
    readonly rig: PanelRig,
    { spoil = () => ({}), work }: Options,
  ) {
    const survival = rig.server('Survival');
    const uuids = thirtyIds.map((_, at) => `${String(at).padStart(8, '0')}-0000-4000-8000-000000000000`);
    this.identifiers = uuids.map((uuid) => uuid.slice(0, 8));
    const free = Math.max(...[...rig.world.servers.values()].map(({ id }) => id)) + 1;
    uuids.forEach((uuid, at) =>
      rig.world.servers.set(uuid, {
        ...survival,
        id: free + at,
        uuid,
        name: `Copy ${at}`,
        subusers: [],
      }),
    );
    this.client = createPanelClient({
      panelUrl: rig.panel.url,
      http: aNetwork().http(trusting()),
      authorize: (use) => use(rig.keyOf('owner')),
      clock: this.clock,
      log: new FakeLog(),
    });
    const panel: PanelApi = { ...this.client, ...spoil(this.client) };
    const store = new FleetStore();
    store.apply(
      thirtyIds.map((id, at) => ({
        kind: 'server-upserted' as const,
        server: aServer({
          id,
          identifier: this.identifiers[at] ?? '',
          name: `Copy ${at}`,
          permissions: null,
        }),
      })),
    );
    const deps = { store, fleet: { server: () => ({ panel, reread: { refused: () => undefined } }) } };
    const none = () => Promise.reject(new Error('This run has other work.'));
    this.bulk = new BulkPower({
      store,
      clock: this.clock,
      log: new FakeLog(),
      settings: { current: someSettings() },
      memory: new HeldFields(someMemory()),
      refresh: () => Promise.reject(new Error('This work needs no state.')),
      turn: () => Promise.resolve(),
      sendPower: none,
      backUp: none,
      tellPlayers: none,
      copySchedule: none,
      setAccess: none,
      ...work(deps as unknown as ServerDeps),
      newId: () => 'run',
      onEnded: () => undefined,
    });
  }

  static async start(options: Options): Promise<ThirtyServers> {
    const { dialect, clientLimit } = options;
    return new ThirtyServers(await PanelRig.start({ dialect, clientLimit, log: () => undefined }), options);
  }

  async end(): Promise<void> {
    await this.client.close();
    await this.rig.end();
  }

  /** Runs an action on all servers, and lets the time pass that panels ask for. Resolves with the outcomes. */
  async run(
    ...[action, choices]: [Parameters<BulkPower['start']>[1], Parameters<BulkPower['start']>[2]]
  ): Promise<string[]> {
    this.bulk.start(thirtyIds, action, choices);
    while (this.bulk.current?.finishedAt === null) {
      const waitMs = (this.bulk.current.nextAt ?? 0) - this.clock.now();
      if (waitMs > 0) await this.pass(waitMs);
      else await new Promise((resolve) => setTimeout(resolve, 2));
    }
    return (this.bulk.current?.items ?? []).map(({ outcome }) => outcome);
  }

  async pass(ms: number): Promise<void> {
    this.rig.now += ms;
    await this.clock.advance(ms);
  }

  /** Answers about each server, slowly enough for the limit. */
  async each<T>(read: (identifier: string) => Promise<T>): Promise<T[]> {
    await this.pass(120_000);
    const all: T[] = [];
    for (const identifier of this.identifiers) {
      await this.pass(5000);
      all.push(await read(identifier));
    }
    return all;
  }
}
