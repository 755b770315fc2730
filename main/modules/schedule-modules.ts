import type { Sources } from '../base/feed-source.js';
import { FleetSchedules } from '../schedules/fleet-schedules.js';
import type { FleetModules } from './fleet-modules.js';
import type { Shared } from './shared.js';

/** Builds what knows the schedules that panels keep of all servers. */
export function scheduleModules(deps: Shared & Pick<FleetModules, 'fleet'>) {
  const fleetSchedules = new FleetSchedules({ ...deps, facts: deps.fleet.facts });
  const sources = { fleetSchedules: fleetSchedules.source } satisfies Partial<Sources>;
  return { fleetSchedules, sources };
}
