import { playerCalls } from '../actions/players/calls.js';
import { PlayerActs, type PlayerActsDeps } from '../actions/players/player-acts.js';
import type { CallTable } from '../base/calls.js';
import { queryModules, type QueryModulesDeps } from './query-modules.js';
import { whenEmptyModules, type WhenEmptyModulesDeps } from './when-empty-modules.js';
import { seenModules, type SeenModulesDeps } from './seen-modules.js';

export interface PlayerModulesDeps
  extends
    QueryModulesDeps,
    Pick<SeenModulesDeps, 'history'>,
    Pick<WhenEmptyModulesDeps, 'actions' | 'warned' | 'quiet'> {
  /** Sends a command of Perch's own, again even if an earlier one may have arrived. */
  readonly sendOwnCommand: PlayerActsDeps['sendCommand'];
}

/** Builds the parts that ask games for their players, remember players, and act on them. */
export function playerModules(deps: PlayerModulesDeps) {
  const { store, fleet, disk } = deps;
  const { queries, namesOf, playersOf, ...aboutQueries } = queryModules(deps);
  const aboutSeen = seenModules({ ...deps, queries, settings: disk.settings });
  const { whenEmpty, ...aboutEmpty } = whenEmptyModules({ ...deps, queries });
  const playerActs = new PlayerActs({
    ...deps,
    consoles: fleet.consoles,
    settings: disk.settings,
    facts: fleet.facts,
    sendCommand: deps.sendOwnCommand,
    namesOf,
  });
  const calls = {
    ...aboutQueries.calls,
    ...aboutSeen.calls,
    ...aboutEmpty.calls,
    ...playerCalls({ store, fleet }, playerActs),
  } satisfies CallTable;

  const sources = { ...aboutQueries.sources, ...aboutEmpty.sources };

  function start(): void {
    aboutSeen.start();
    aboutQueries.start();
    whenEmpty.start();
  }

  async function stop(): Promise<void> {
    await whenEmpty.stop();
    await aboutQueries.stop();
    aboutSeen.stop();
  }

  return {
    playerActs,
    playersOf,
    whenEmpty,
    networkChanged: () => queries.networkChanged(),
    calls,
    sources,
    start,
    stop,
  };
}
