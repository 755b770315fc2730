import { playerCalls } from '../actions/players/calls.js';
import { PlayerActs, type PlayerActsDeps } from '../actions/players/player-acts.js';
import type { FleetModules } from './fleet-modules.js';
import type { Shared } from './shared.js';

export interface PlayerModulesDeps extends Shared, Pick<FleetModules, 'fleet'> {
  /** Sends a command of Perch's own, again even if an earlier one may have arrived. */
  readonly sendOwnCommand: PlayerActsDeps['sendCommand'];
  readonly namesOf: PlayerActsDeps['namesOf'];
}

/** Builds the parts that act on players. */
export function playerModules(deps: PlayerModulesDeps) {
  const { store, fleet, disk } = deps;
  const acts = new PlayerActs({
    ...deps,
    consoles: fleet.consoles,
    settings: disk.settings,
    facts: fleet.facts,
    sendCommand: deps.sendOwnCommand,
  });
  return { playerActs: acts, calls: playerCalls({ store, fleet }, acts) };
}
