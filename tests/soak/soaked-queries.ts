import { defaultSettings } from '../../bridge/settings/settings-table.js';
import type { PowerSignal, Server } from '../../bridge/schema/domain.js';
import type { EmptyWish } from '../../bridge/schema/when-empty.js';
import { Disposables } from '../../main/base/disposables.js';
import type { Log, Random } from '../../main/base/ports.js';
import type { Fleet } from '../../main/fleet/fleet.js';
import type { FleetStore } from '../../main/fleet/store.js';
import { FoundQueries } from '../../main/players/found-queries.js';
import { freshCount } from '../../main/players/fresh-count.js';
import { PlayerProof } from '../../main/players/player-proof.js';
import { PlayerQueries } from '../../main/players/player-queries.js';
import { WhenEmpty } from '../../main/players/when-empty.js';
import { candidates, mayHidePlayers } from '../../main/query/game-queries.js';
import { SharedQuery } from '../../main/query/shared-query.js';
import { GameQuery } from '../../main/query/query.js';
import { RuleEngine } from '../support/rule-engine.js';
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
  readonly log: Log;
  /** Resolves when the store has the current state of the server. */
  look(serverId: string): Promise<void>;
  sendCommand(serverId: string, command: string): Promise<unknown>;
  /** Perch sends a signal because nobody was on for so long. */
  sendToEmpty(serverId: string, signal: PowerSignal, minutes: number): Promise<void>;
}

/** A wanted answer comes after the pause between two questions, in ms. */
const hurriedMs = 18_000;
/** Short, so that many servers are empty for so long. */
const emptyMinutes = 3;
/** Every fifth server has a wish, by its number. */
const wishEvery = 5;

/** The questions to games and the wishes for empty servers, assembled as in `main/modules/`. */
export class SoakedQueries {
  readonly #queries: PlayerQueries;
  readonly #found: FoundQueries;
  readonly #proof: PlayerProof;
  readonly #whenEmpty: WhenEmpty;
  readonly #engine: RuleEngine;
  readonly #disposables = new Disposables();
  /** When an answer was last wanted for an empty server. */
  readonly #hurried = new Map<string, number>();
  readonly #now: () => number;

  constructor({ store, fleet, world, time: { clock }, random, disk, ...deps }: SoakedQueriesDeps) {
    const settings = {
      current: { ...defaultSettings, whenEmpty: wishesFor(world) },
      listen: () => () => undefined,
      update: () => Promise.resolve(),
    };
    this.#now = () => clock.now();
    this.#found = new FoundQueries(disk.memory, clock);
    const wire = world.games;
    this.#queries = new PlayerQueries({
      store,
      fleet,
      interests: fleet.interests,
      settings,
      found: this.#found,
      query: new SharedQuery({ query: new GameQuery({ wire, clock, random }), wire, clock }),
      clock,
      random,
      isOnline: () => world.network.isOnline,
      placesOf: candidates,
    });
    const queries = {
      askNow: (serverId: string) => {
        this.#hurried.set(serverId, clock.now());
        this.#queries.askNow(serverId);
      },
      stateOf: (server: Server) => this.#queries.stateOf(server),
      sharesAnswer: (server: Server) => this.#queries.sharesAnswer(server),
      onAnswer: this.#queries.onAnswer.bind(this.#queries),
      listen: this.#queries.listen.bind(this.#queries),
    };
    this.#proof = new PlayerProof({ store, clock, settings, mayHidePlayers });
    this.#whenEmpty = new WhenEmpty({
      ...deps,
      store,
      clock,
      settings,
      memory: disk.memory,
      proof: this.#proof,
      sendPower: (serverId, signal) => deps.sendToEmpty(serverId, signal, emptyMinutes),
      engine: {
        take: (ruleId, fact) => this.#engine.take(ruleId, fact),
        isBusy: (serverId, exceptRule) => this.#engine.isBusy(serverId, exceptRule),
        ranSince: (serverId) => this.#engine.ranSince(serverId),
      },
    });
    this.#engine = new RuleEngine({
      ...deps,
      store,
      clock,
      random,
      busy: new Set(),
      sources: [this.#whenEmpty.rules],
      isProven: (server) => this.#proof.isProven(server) && !this.#queries.sharesAnswer(server),
      askPlayers: async ({ serverId, ...how }) => {
        await deps.look(serverId);
        return freshCount({ ...deps, store, clock, queries, sightings: fleet.sightings }, serverId, how);
      },
    });
  }

  start(): void {
    this.#queries.start();
    this.#disposables.add(...this.#proof.start());
    this.#whenEmpty.start();
    this.#engine.start();
  }

  /** Whether Perch asks the game once more before it sends a signal to the empty server. */
  isAskingAgain(serverId: string): boolean {
    return this.#now() - (this.#hurried.get(serverId) ?? -Infinity) <= hurriedMs;
  }

  networkChanged(): void {
    this.#queries.networkChanged();
  }

  async stop(): Promise<void> {
    const farewell = this.#whenEmpty.stop();
    await this.#engine.stop();
    this.#disposables.dispose();
    await farewell;
    this.#queries.stop();
    await this.#found.stop();
  }
}

function wishesFor(world: SoakWorld): Readonly<Record<string, EmptyWish>> {
  const chosen = world.servers.filter((_, index) => index % wishEvery === 0);
  return Object.fromEntries(
    chosen.map((server, index) => [
      world.idOf(server),
      index % 2 === 0
        ? { does: 'stop', minutes: emptyMinutes }
        : { does: 'restart', minutes: emptyMinutes, everyHours: 1 },
    ]),
  );
}
