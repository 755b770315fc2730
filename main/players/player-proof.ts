/**
 * Decides whether a zero of a game means that nobody is on (PLAYERS "When empty"): some games hide their players until one
 * was counted, and a place that the user chose may be another game.
 */
import type { Server } from '../../bridge/schema/domain.js';
import type { Settings } from '../../bridge/schema/settings.js';
import type { Clock } from '../base/ports.js';
import type { FleetStore } from '../fleet/store.js';
import { twinsOf } from '../fleet/twins.js';

export interface PlayerProofDeps {
  readonly clock: Pick<Clock, 'now'>;
  readonly store: Pick<FleetStore, 'state' | 'listen'>;
  readonly settings: {
    readonly current: Pick<Settings, 'queryChoices'>;
    listen(listener: () => void): () => void;
  };
  /** Whether a zero of this game proves nothing until the game has once counted a player. */
  mayHidePlayers(server: Server): boolean;
}

export class PlayerProof {
  /** Servers whose process has counted a player in this run. */
  readonly #counted = new Set<string>();
  /** By server: a figure counts as a counted player only if its time is later. */
  readonly #countsFrom = new Map<string, number>();
  /** The chosen places, as last seen. */
  #choices: Settings['queryChoices'] = {};

  constructor(private readonly deps: PlayerProofDeps) {}

  /** Returns the functions that end listening. */
  start(): (() => void)[] {
    const { settings, store } = this.deps;
    this.#choices = settings.current.queryChoices;
    return [
      settings.listen(() => this.#forgetChanged()),
      store.listen(({ changes, next }) => {
        for (const change of changes) {
          if (change.kind !== 'server-patched') continue;
          const { power, players } = change.patch;
          // The next process may be set up so that its game counts nobody.
          if (power !== undefined && power !== null && power !== 'running') this.forget(change.serverId);
          const server = players === undefined ? undefined : next.servers.get(change.serverId);
          if (server !== undefined) this.#note(server);
        }
      }),
    ];
  }

  isProven(server: Server): boolean {
    this.#note(server);
    // Another game may answer at a place that the user chose.
    const isChosen = twinsOf(this.deps.store.state, server).some((twin) => {
      const choice = this.deps.settings.current.queryChoices[twin.id];
      return (choice?.host ?? choice?.port ?? null) !== null;
    });
    return this.#counted.has(server.id) || !(isChosen || this.deps.mayHidePlayers(server));
  }

  forget(serverId: string): void {
    this.#counted.delete(serverId);
    this.#countsFrom.set(serverId, this.deps.clock.now());
  }

  #note({ id, players }: Server): void {
    const isOld = (players?.seenAt ?? 0) <= (this.#countsFrom.get(id) ?? -Infinity);
    if (players?.source === 'query' && players.count > 0 && !isOld) this.#counted.add(id);
  }

  /** Another place may be another game. */
  #forgetChanged(): void {
    const [before, now] = [this.#choices, this.deps.settings.current.queryChoices];
    this.#choices = now;
    const { servers } = this.deps.store.state;
    for (const id of Object.keys({ ...before, ...now })) {
      const server = servers.get(id);
      if (server === undefined || JSON.stringify(before[id]) === JSON.stringify(now[id])) continue;
      for (const twin of twinsOf(this.deps.store.state, server)) this.forget(twin.id);
    }
  }
}
