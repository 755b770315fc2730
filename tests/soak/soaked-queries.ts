import { defaultSettings } from '../../bridge/settings/settings-table.js';
import type { Random } from '../../main/base/ports.js';
import type { Fleet } from '../../main/fleet/fleet.js';
import type { FleetStore } from '../../main/fleet/store.js';
import { FoundQueries } from '../../main/players/found-queries.js';
import { PlayerQueries } from '../../main/players/player-queries.js';
import { candidates } from '../../main/query/game-queries.js';
import { SharedQuery } from '../../main/query/shared-query.js';
import { GameQuery } from '../../main/query/query.js';
import type { SoakDisk } from './soak-disk.js';
import type { SoakTime } from './soak-time.js';
import type { SoakWorld } from './soak-world.js';

export interface SoakedQueriesDeps {
  readonly store: FleetStore;
  readonly fleet: Fleet;
  readonly world: SoakWorld;
  readonly time: SoakTime;
  readonly random: Random;
  readonly disk: SoakDisk;
}

/** The questions to games, assembled as in `main/modules/query-modules.ts`. */
export class SoakedQueries {
  readonly #queries: PlayerQueries;
  readonly #found: FoundQueries;

  constructor({ store, fleet, world, time: { clock }, random, disk }: SoakedQueriesDeps) {
    this.#found = new FoundQueries(disk.memory, clock);
    const wire = world.games;
    this.#queries = new PlayerQueries({
      store,
      fleet,
      interests: fleet.interests,
      settings: { current: defaultSettings, listen: () => () => undefined },
      found: this.#found,
      query: new SharedQuery({ query: new GameQuery({ wire, clock, random }), wire, clock }),
      clock,
      random,
      isOnline: () => world.network.isOnline,
      placesOf: candidates,
    });
  }

  start(): void {
    this.#queries.start();
  }

  networkChanged(): void {
    this.#queries.networkChanged();
  }

  async stop(): Promise<void> {
    this.#queries.stop();
    await this.#found.stop();
  }
}
