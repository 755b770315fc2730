import type { Actions } from '../actions/actions.js';
import type { WarnedRestarts } from '../actions/many/warned-restarts.js';
import { lookAt } from '../actions/servers/look-first.js';
import type { QuietBackups } from '../backups/quiet-backups.js';
import type { CallTable } from '../base/calls.js';
import { copied, valueSource, type Sources } from '../base/feed-source.js';
import type { PlayerQueries } from '../players/player-queries.js';
import { WhenEmpty, type WhenEmptyDeps } from '../players/when-empty.js';
import { mayHidePlayers } from '../query/game-queries.js';
import type { FleetModules } from './fleet-modules.js';
import type { Shared } from './shared.js';

export interface WhenEmptyModulesDeps extends Shared, Pick<FleetModules, 'fleet'> {
  readonly queries: PlayerQueries;
  readonly actions: Pick<Actions, 'power.send'>;
  /** Sends a command of Perch's own, again even if an earlier one may have arrived. */
  readonly sendOwnCommand: WhenEmptyDeps['sendCommand'];
  /** What else Perch does with servers that a signal would disturb. */
  readonly warned: Pick<WarnedRestarts, 'servers'>;
  readonly quiet: Pick<QuietBackups, 'current'>;
}

/** Builds the part that stops or restarts servers on which nobody is. */
export function whenEmptyModules({ actions, sendOwnCommand, warned, quiet, ...deps }: WhenEmptyModulesDeps) {
  const { store, fleet, disk } = deps;
  const whenEmpty = new WhenEmpty({
    ...deps,
    settings: disk.settings,
    memory: disk.memory,
    sightings: fleet.sightings,
    mayHidePlayers,
    isBusy: ({ id }) =>
      warned.servers.some((server) => server.id === id) ||
      quiet.current.some(({ serverId }) => serverId === id),
    look: (serverId) => lookAt({ store, fleet }, serverId),
    sendCommand: sendOwnCommand,
    sendPower: (serverId, signal) => actions['power.send']({ serverId, signal }),
  });
  const calls = {
    'players.setWhenEmpty': ({ serverId, wish }) => whenEmpty.wish(serverId, wish),
    'players.keepRunning': ({ serverId }) => whenEmpty.keep(serverId),
  } satisfies CallTable;
  const sources = { whenEmpty: valueSource(copied(whenEmpty)) } satisfies Partial<Sources>;
  return { whenEmpty, calls, sources };
}
