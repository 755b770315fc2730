import type { CronFields, Schedule } from '../../data/schedules.js';
import type { Server } from '../../data/world.js';
import { isTrue } from '../backups/changes.js';
import { panelError, unexpected } from '../errors.js';
import type { Input } from '../input.js';
import { noContent, ok, type Call, type Reply, type RouteContext } from '../route.js';
import { nextRun } from './cron.js';
import { scheduleItem } from './items.js';
import { scheduleOf } from './reads.js';

type Wanted = Pick<Schedule, 'name' | 'cron' | 'isActive' | 'onlyWhenOnline' | 'nextRunAt'>;

export function createSchedule(context: RouteContext, call: Call<Server>): Reply {
  const { world, now, state } = context;
  const wanted = wantedOf(context, call.input);
  const createdAt = new Date(now()).toISOString();
  const schedule: Schedule = {
    ...wanted,
    id: world.nextScheduleId(),
    serverUuid: call.server.uuid,
    isProcessing: false,
    lastRunAt: null,
    createdAt,
    updatedAt: createdAt,
    tasks: [],
    queue: [],
  };
  world.saveSchedule(schedule);
  record(context, call, 'create', { name: schedule.name });
  return ok(scheduleItem(schedule, state.timeZone));
}

/** Takes all fields; a flag that was not sent becomes false. A change of `is_active` ends a run that hangs. */
export function updateSchedule(context: RouteContext, call: Call<Server>): Reply {
  const { world, now, state, dialect } = context;
  const schedule = scheduleOf(world, call);
  const wanted = wantedOf(context, call.input);
  const name = dialect.schedules.tellsAfterwards ? wanted.name : schedule.name;
  if (wanted.isActive !== schedule.isActive) schedule.isProcessing = false;
  Object.assign(schedule, wanted, { updatedAt: new Date(now()).toISOString() });
  world.saveSchedule(schedule);
  record(context, call, 'update', { name, active: wanted.isActive }, true);
  return ok(scheduleItem(schedule, state.timeZone));
}

export function deleteSchedule(context: RouteContext, call: Call<Server>): Reply {
  const schedule = scheduleOf(context.world, call);
  context.world.removeSchedule(schedule.id);
  record(context, call, 'delete', { name: schedule.name });
  return noContent;
}

/** 202 means only that the first task did not fail, if the panel tried it (PROTOCOL 2.20.14). */
export async function executeSchedule(context: RouteContext, call: Call<Server>): Promise<Reply> {
  const schedule = scheduleOf(context.world, call);
  await context.scheduler.begin(schedule, true);
  record(context, call, 'execute', { name: schedule.name });
  return { status: 202, body: [] };
}

function wantedOf({ state, now }: RouteContext, input: Input): Wanted {
  // A missing field breaks the panel's own code before cron is read.
  if (!cronNames.every((name) => typeof input[name] === 'string')) throw unexpected('TypeError');
  const field = (name: (typeof cronNames)[number]): string => String(input[name]);
  const cron: CronFields = {
    minute: field('minute'),
    hour: field('hour'),
    dayOfMonth: field('day_of_month'),
    month: field('month'),
    dayOfWeek: field('day_of_week'),
  };
  const next = nextRun(cron, state.timeZone, now());
  if (next === null) {
    throw panelError(
      400,
      'DisplayException',
      'The cron data provided does not evaluate to a valid expression.',
      'back',
    );
  }
  return {
    name: String(input['name']),
    cron,
    isActive: isTrue(input['is_active']),
    onlyWhenOnline: isTrue(input['only_when_online']),
    nextRunAt: new Date(next).toISOString(),
  };
}

const cronNames = ['minute', 'hour', 'day_of_month', 'month', 'day_of_week'] as const;

function record(
  { activity }: RouteContext,
  { server, user }: Call<Server>,
  what: string,
  properties: Record<string, unknown>,
  hasMore = false,
): void {
  activity.record(server.uuid, {
    event: `server:schedule.${what}`,
    userUuid: user.uuid,
    properties,
    hasMore,
  });
}
