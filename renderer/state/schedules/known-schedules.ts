/** Schedules by the id of their server, and the effect of a change on them. Pure. */
import type { FleetSchedule, ServerSchedules } from '../../../bridge/schema/fleet-schedules.js';

export type KnownSchedules = ReadonlyMap<string, readonly FleetSchedule[]>;

export const noSchedules: KnownSchedules = new Map();

export const noTimes: ReadonlyMap<string, number> = new Map();

/** When the panel sent the schedules of each server (monotonic time), by its id. */
export function laterTimes(
  before: ReadonlyMap<string, number>,
  some: readonly ServerSchedules[],
): ReadonlyMap<string, number> {
  return new Map([...before, ...some.map(({ serverId, readAt }) => [serverId, readAt] as const)]);
}

/** The same map without a change. */
export function changedSchedules(before: KnownSchedules, some: readonly ServerSchedules[]): KnownSchedules {
  const others = some.filter(({ serverId, schedules }) => !isSame(before.get(serverId) ?? null, schedules));
  if (others.length === 0) return before;
  const next = new Map(before);
  for (const { serverId, schedules } of others) {
    if (schedules === null) next.delete(serverId);
    else next.set(serverId, schedules);
  }
  return next;
}

function isSame(one: readonly FleetSchedule[] | null, other: readonly FleetSchedule[] | null): boolean {
  return JSON.stringify(one) === JSON.stringify(other);
}
