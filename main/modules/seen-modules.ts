import type { FleetStore } from '../fleet/store.js';
import type { Clock } from '../base/ports.js';
import { Disposables } from '../base/disposables.js';
import type { History } from '../history/history.js';
import { SeenPlayers } from '../players/seen-players.js';
import { seenInAnswer } from '../players/seen-answer.js';
import { WatchedJoins, type WatchedJoinsDeps } from '../players/watched-joins.js';
import { seenCalls } from '../players/seen-calls.js';
import type { PanelCounts } from '../players/panel-counts.js';
import type { PlayerQueries } from '../players/player-queries.js';
import { hidesNames, namesPeople } from '../query/game-queries.js';
import type { FleetModules } from './fleet-modules.js';

export interface SeenModulesDeps extends Pick<FleetModules, 'fleet'> {
  readonly store: Pick<FleetStore, 'listen' | 'state'>;
  readonly clock: Clock;
  readonly history: Pick<History, 'seen'>;
  readonly queries: Pick<PlayerQueries, 'onAnswer'>;
  readonly counts: Pick<PanelCounts, 'onNames'>;
  readonly settings: WatchedJoinsDeps['settings'];
}

/** Builds the parts that know the players of each server by name, now and in the past. */
export function seenModules({ store, clock, fleet, history, queries, counts, settings }: SeenModulesDeps) {
  const seen = new SeenPlayers({ clock, memory: history.seen });
  const joins = new WatchedJoins({
    clock,
    store,
    settings,
    came: (serverId, player) => fleet.facts.emit({ serverId, fact: { kind: 'player-joined', player } }),
  });
  const disposables = new Disposables();

  function start(): void {
    seen.start();
    disposables.add(
      fleet.sightings.listen(({ serverId, sighting }) => {
        seen.heard(serverId, sighting);
        joins.heard(serverId, sighting);
      }),
      queries.onAnswer((serverId, answer) => {
        const server = store.state.servers.get(serverId);
        const on = seenInAnswer(answer);
        // Some games invent names.
        if (on === null || server === undefined || hidesNames(server)) return;
        const names = on.names.map(({ name }) => name);
        seen.answered(serverId, names, on.isWhole);
        joins.answered(serverId, on.names, on.isWhole);
      }),
      counts.onNames((serverId, names) => {
        const server = store.state.servers.get(serverId);
        // The panel says neither which names are bots, nor whether all are named.
        if (server !== undefined && namesPeople(server)) seen.answered(serverId, names, false);
      }),
      store.listen(({ changes, next }) => {
        if (!changes.some(({ kind }) => kind === 'server-removed' || kind === 'account-removed')) return;
        const isGone = (serverId: string): boolean => !next.servers.has(serverId);
        seen.forget(isGone);
        joins.forget(isGone);
      }),
    );
  }

  function stop(): void {
    disposables.dispose();
    seen.stop();
  }

  return { start, stop, calls: seenCalls(seen) };
}
