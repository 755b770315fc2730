import { Broadcasts } from '../actions/players/broadcasts.js';
import { playerCalls } from '../actions/players/calls.js';
import { ConsoleTurns } from '../actions/players/console-turns.js';
import { PlayerActs, type PlayerActsDeps } from '../actions/players/player-acts.js';
import type { CallTable } from '../base/calls.js';
import { queryModules, type QueryModulesDeps } from './query-modules.js';
import { whenEmptyModules, type WhenEmptyModulesDeps } from './when-empty-modules.js';
import { seenModules, type SeenModulesDeps } from './seen-modules.js';

export interface PlayerModulesDeps
  extends
    QueryModulesDeps,
    Pick<SeenModulesDeps, 'history'>,
    Pick<WhenEmptyModulesDeps, 'actions' | 'engine'> {
  /** Sends a command of Perch's own, again even if an earlier one may have arrived. */
  readonly sendOwnCommand: PlayerActsDeps['sendCommand'];
}

/** Builds the parts that ask games for their players, remember players, and act on them. */
export function playerModules(deps: PlayerModulesDeps) {
  const { store, fleet, disk } = deps;
  const { queries, counts, namesOf, playersOf, ...aboutQueries } = queryModules(deps);
  const aboutSeen = seenModules({ ...deps, queries, counts, settings: disk.settings });
  const { whenEmpty, isProven, askPlayers, ...aboutEmpty } = whenEmptyModules({ ...deps, queries });
  const aboutCommands = {
    ...deps,
    consoles: fleet.consoles,
    settings: disk.settings,
    facts: fleet.facts,
    turns: new ConsoleTurns(),
    sendCommand: deps.sendOwnCommand,
  };
  const playerActs = new PlayerActs({ ...aboutCommands, namesOf });
  const broadcasts = new Broadcasts(aboutCommands);
  const calls = {
    ...aboutQueries.calls,
    ...aboutSeen.calls,
    ...aboutEmpty.calls,
    ...playerCalls({ store, fleet, wire: deps.wire }, { playerActs, broadcasts }),
  } satisfies CallTable;

  const sources = { ...aboutQueries.sources, ...aboutEmpty.sources };

  function start(): void {
    aboutSeen.start();
    aboutQueries.start();
    aboutEmpty.start();
  }

  async function stop(): Promise<void> {
    await aboutEmpty.stop();
    await aboutQueries.stop();
    aboutSeen.stop();
  }

  return {
    playerActs,
    broadcasts,
    playersOf,
    whenEmpty,
    isProven,
    askPlayers,
    /** Ends the countdowns of empty servers. Call before the engine of rules stops. */
    endCountdowns: () => whenEmpty.stop(),
    networkChanged: () => queries.networkChanged(),
    calls,
    sources,
    start,
    stop,
  };
}
