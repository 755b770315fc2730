import type { Server } from '../../bridge/schema/domain.js';
import type { Actions } from '../actions/actions.js';
import { refreshState } from '../actions/servers/refresh-first.js';
import type { CallTable } from '../base/calls.js';
import { Disposables } from '../base/disposables.js';
import { copied, valueSource, type Sources } from '../base/feed-source.js';
import { freshCount } from '../players/fresh-count.js';
import { isOwnZero } from '../players/own-zero.js';
import { PlayerProof } from '../players/player-proof.js';
import type { PlayerQueries } from '../players/player-queries.js';
import { WhenEmpty, type WhenEmptyDeps } from '../players/when-empty.js';
import { mayHidePlayers } from '../query/game-queries.js';
import type { AskPlayers } from '../rules/player-questions.js';
import type { FleetModules } from './fleet-modules.js';
import type { Shared } from './shared.js';

export interface WhenEmptyModulesDeps extends Shared, Pick<FleetModules, 'fleet'> {
  readonly queries: PlayerQueries;
  readonly actions: Pick<Actions, 'power.send'>;
  /** Sends a command of Perch's own, again even if an earlier one may have arrived. */
  readonly sendOwnCommand: WhenEmptyDeps['sendCommand'];
  readonly engine: WhenEmptyDeps['engine'];
}

/** Builds the part that stops or restarts servers on which nobody is, and asks games who is on. */
export function whenEmptyModules({ actions, sendOwnCommand, queries, ...deps }: WhenEmptyModulesDeps) {
  const { store, fleet, disk } = deps;
  const { settings, memory } = disk;
  const disposables = new Disposables();
  const playerProof = new PlayerProof({ ...deps, settings, mayHidePlayers });
  const isProven = (server: Server): boolean => isOwnZero(server, { proof: playerProof, queries });
  const whenEmpty = new WhenEmpty({
    ...deps,
    settings,
    memory,
    proof: playerProof,
    sendCommand: sendOwnCommand,
    sendPower: (serverId, signal) => actions['power.send']({ serverId, signal }),
  });
  const askPlayers: AskPlayers = async ({ serverId, ...how }) => {
    // Such a question comes right before a signal, so the state must be current.
    if (how.mayCommand) await refreshState({ store, fleet }, serverId);
    const asked = { ...deps, queries, sightings: fleet.sightings, sendCommand: sendOwnCommand };
    return freshCount(asked, serverId, how);
  };
  const calls = {
    'players.setWhenEmpty': ({ serverId, wish }) => whenEmpty.wish(serverId, wish),
    'players.keepRunning': ({ serverId }) => whenEmpty.keep(serverId),
  } satisfies CallTable;
  const sources = { whenEmpty: valueSource(copied(whenEmpty)) } satisfies Partial<Sources>;

  function start(): void {
    disposables.add(...playerProof.start());
    whenEmpty.start();
  }

  async function stop(): Promise<void> {
    await whenEmpty.stop();
    disposables.dispose();
  }

  return { whenEmpty, isProven, askPlayers, calls, sources, start, stop };
}
