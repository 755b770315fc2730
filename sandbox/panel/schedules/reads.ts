import type { Schedule, ScheduleTask } from '../../data/schedules.js';
import type { Server } from '../../data/world.js';
import type { World } from '../../records.js';
import { list } from '../items.js';
import { ok, type Call, type Reply, type RouteContext } from '../route.js';
import { scheduleItem } from './items.js';

type Params = Readonly<Record<string, string>>;

/** Schedule of the address; null = unknown, or of another server. */
export function findSchedule(world: World, server: Server, { schedule = '' }: Params): Schedule | null {
  const found = /^\d+$/.test(schedule) ? world.schedules.get(Number(schedule)) : undefined;
  return found?.serverUuid === server.uuid ? found : null;
}

/** Task of the address; null = unknown, or of another schedule. */
export function findTask(schedule: Schedule, { task = '' }: Params): ScheduleTask | null {
  return schedule.tasks.find(({ id }) => String(id) === task) ?? null;
}

/** Schedule of a route that has passed `checkTarget`. */
export function scheduleOf(world: World, { server, params }: Call<Server>): Schedule {
  const found = findSchedule(world, server, params);
  if (found === null) throw new Error('The address was checked.');
  return found;
}

/** By id; without pages. */
export function listSchedules({ world, state }: RouteContext, { server }: Call<Server>): Reply {
  return ok(list(world.schedulesOf(server.uuid).map((each) => scheduleItem(each, state.timeZone))));
}

export function viewSchedule({ world, state }: RouteContext, call: Call<Server>): Reply {
  return ok(scheduleItem(scheduleOf(world, call), state.timeZone));
}
