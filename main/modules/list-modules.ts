import type { Sources } from '../base/feed-source.js';
import { FleetPeople } from '../people/fleet-people.js';
import { FleetSchedules } from '../schedules/fleet-schedules.js';
import type { FleetModules } from './fleet-modules.js';
import type { Shared } from './shared.js';

/** Builds the parts that know lists of the panels for all servers: their schedules, and the people who share them. */
export function listModules(deps: Shared & Pick<FleetModules, 'fleet'>) {
  const fleetSchedules = new FleetSchedules({ ...deps, facts: deps.fleet.facts });
  const fleetPeople = new FleetPeople(deps);
  const lists = [fleetSchedules, fleetPeople];
  const sources = {
    fleetSchedules: fleetSchedules.source,
    fleetPeople: fleetPeople.source,
  } satisfies Partial<Sources>;
  return {
    fleetSchedules,
    fleetPeople,
    sources,
    start: (): void => lists.forEach((list) => list.start()),
    stop: (): void => lists.forEach((list) => list.stop()),
  };
}
