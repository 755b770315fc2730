import { randomUUID } from 'node:crypto';
import type { Actions } from '../actions/actions.js';
import { BulkPower, type BulkPowerDeps } from '../actions/many/bulk-power.js';
import { manyCalls } from '../actions/many/calls.js';
import { messageFact } from '../actions/many/message-fact.js';
import { WarnedRestarts, type WarnedRestartsDeps } from '../actions/many/warned-restarts.js';
import { copySchedule } from '../actions/servers/copy-schedule.js';
import { setAccess } from '../actions/servers/shared-access.js';
import { refreshState, turnOf } from '../actions/servers/refresh-first.js';
import { copied, valueSource, type Sources } from '../base/feed-source.js';
import type { FleetPeople } from '../people/fleet-people.js';
import type { FleetSchedules } from '../schedules/fleet-schedules.js';
import type { FleetModules } from './fleet-modules.js';
import type { Shared } from './shared.js';

export interface ManyModulesDeps
  extends
    Shared,
    Pick<FleetModules, 'fleet'>,
    Pick<BulkPowerDeps, 'backUp' | 'tellPlayers'>,
    Pick<WarnedRestartsDeps, 'onNotRestarted'> {
  readonly actions: Pick<Actions, 'power.send'>;
  readonly fleetSchedules: Pick<FleetSchedules, 'changedOnPanel'>;
  readonly fleetPeople: Pick<FleetPeople, 'changedOnPanel'>;
  /** Sends a command of Perch's own, again even if an earlier one may have arrived. */
  readonly sendOwnCommand: WarnedRestartsDeps['sendCommand'];
}

/** Builds the parts that act on many servers, or on one server over a while. */
export function manyModules({ actions, backUp, fleetSchedules, fleetPeople, ...deps }: ManyModulesDeps) {
  const { store, fleet, disk } = deps;
  const refresh = (serverId: string): ReturnType<typeof refreshState> =>
    refreshState({ store, fleet }, serverId);
  const bulk = new BulkPower({
    ...deps,
    settings: disk.settings,
    memory: disk.memory,
    refresh,
    turn: (serverId) => turnOf({ store, fleet }, serverId),
    sendPower: (serverId, signal) => actions['power.send']({ serverId, signal }),
    backUp,
    copySchedule: (serverId, copy) =>
      copySchedule({ store, fleet }, serverId, copy).finally(() => fleetSchedules.changedOnPanel(serverId)),
    setAccess: (serverId, access) =>
      setAccess({ store, fleet }, serverId, access).finally(() => fleetPeople.changedOnPanel(serverId)),
    newId: randomUUID,
    onEnded: (run) => {
      const told = messageFact(run, { kind: 'me', bulk: run.items.length > 1 });
      if (told !== null) fleet.facts.emit(told);
    },
  });
  const warned = new WarnedRestarts({
    ...deps,
    sendCommand: deps.sendOwnCommand,
    refresh,
    commandsLostAt: (serverId) => fleet.server(serverId)?.orders.commands.lostAt ?? -Infinity,
    restart: (serverId) => actions['power.send']({ serverId, signal: 'restart' }),
  });
  const sources = {
    bulk: valueSource(bulk),
    warned: valueSource(copied(warned)),
  } satisfies Partial<Sources>;
  return { bulk, warned, calls: manyCalls({ bulk, warned }), sources };
}
