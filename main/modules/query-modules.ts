import type { ServerPlayers } from '../../bridge/schema/players.js';
import { Disposables } from '../base/disposables.js';
import type { CallTable } from '../base/calls.js';
import type { Sources } from '../base/feed-source.js';
import type { QueryWire } from '../base/query-ports.js';
import { ConsoleNames } from '../players/console-names.js';
import { FoundQueries } from '../players/found-queries.js';
import { PanelCounts } from '../players/panel-counts.js';
import { PlayerQueries } from '../players/player-queries.js';
import { playersOf, playersSource } from '../players/players-source.js';
import { queryCalls } from '../players/query-calls.js';
import { candidates, hidesNames } from '../query/game-queries.js';
import { GameQuery } from '../query/query.js';
import { SharedQuery } from '../query/shared-query.js';
import type { FleetModules } from './fleet-modules.js';
import type { NetworkPorts } from './network-modules.js';
import type { Shared } from './shared.js';

export interface QueryModulesDeps
  extends Shared, Pick<FleetModules, 'fleet'>, Pick<NetworkPorts, 'isOnline'> {
  readonly wire: QueryWire;
}

/** Builds the parts that ask games, and panels, for the players. */
export function queryModules(deps: QueryModulesDeps) {
  const { clock, disk, fleet } = deps;
  const { settings, memory } = disk;
  const found = new FoundQueries(memory, clock);
  const queries = new PlayerQueries({
    ...deps,
    settings,
    found,
    interests: fleet.interests,
    query: new SharedQuery({ ...deps, query: new GameQuery(deps) }),
    placesOf: candidates,
  });
  const consoleNames = new ConsoleNames(clock);
  const disposables = new Disposables();
  const counts = new PanelCounts({ ...deps, settings, queries, hidesNames, interests: fleet.interests });
  const shown = { ...deps, settings, queries, counts, consoleNames, hidesNames };
  const calls = queryCalls({ queries, counts, settings }) satisfies CallTable;
  const sources = { players: playersSource(shown) } satisfies Partial<Sources>;

  function start(): void {
    queries.start();
    counts.start();
    disposables.add(
      fleet.sightings.listen(({ serverId, sighting }) => consoleNames.heard(serverId, sighting)),
      deps.store.listen(({ changes, next }) => {
        if (changes.some(({ kind }) => kind === 'server-removed' || kind === 'account-removed'))
          consoleNames.forget((serverId) => !next.servers.has(serverId));
      }),
    );
  }

  async function stop(): Promise<void> {
    disposables.dispose();
    queries.stop();
    counts.stop();
    await found.stop();
  }

  /** null for an unknown server. */
  function knownOf(serverId: string): ServerPlayers | null {
    const server = deps.store.state.servers.get(serverId);
    return server === undefined ? null : playersOf(shown, server);
  }

  const namesOf = (serverId: string) => knownOf(serverId)?.names ?? null;
  return { queries, counts, calls, sources, start, stop, playersOf: knownOf, namesOf };
}
