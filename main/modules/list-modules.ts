import type { CallTable } from '../base/calls.js';
import type { Sources } from '../base/feed-source.js';
import { FleetActivity } from '../events/fleet-activity.js';
import { FleetPeople } from '../people/fleet-people.js';
import { FleetSchedules } from '../schedules/fleet-schedules.js';
import type { FleetModules } from './fleet-modules.js';
import type { Shared } from './shared.js';

/** Builds the modules that read a list of each server from its panel: schedules, people and activity. */
export function listModules(deps: Shared & Pick<FleetModules, 'fleet'>) {
  const fleetSchedules = new FleetSchedules({ ...deps, facts: deps.fleet.facts });
  const fleetPeople = new FleetPeople(deps);
  const fleetActivity = new FleetActivity(deps);
  const lists = [fleetSchedules, fleetPeople, fleetActivity];
  const sources = {
    fleetSchedules: fleetSchedules.source,
    fleetPeople: fleetPeople.source,
    fleetActivity: fleetActivity.source,
  } satisfies Partial<Sources>;
  const calls = {
    'people.retry': () => fleetPeople.retry(),
    'activity.retry': () => fleetActivity.retry(),
  } satisfies CallTable;
  return {
    fleetSchedules,
    fleetPeople,
    fleetActivity,
    calls,
    sources,
    start: (): void => lists.forEach((list) => list.start()),
    stop: (): void => lists.forEach((list) => list.stop()),
  };
}
