import type { Schedule, ScheduleTask } from '../../data/schedules.js';
import type { Server } from '../../data/world.js';
import { isTrue } from '../backups/changes.js';
import { panelError } from '../errors.js';
import { phpInt } from '../input.js';
import { has, permissionsOf } from '../permissions.js';
import { noContent, ok, type Call, type Reply, type RouteContext } from '../route.js';
import { taskItem } from './items.js';
import { findTask, scheduleOf } from './reads.js';

/** The host of a real panel may set another number. */
const mostTasks = 10;

export function createTask(context: RouteContext, call: Call<Server>): Reply {
  const { world, now, state } = context;
  const { server, input } = call;
  const schedule = scheduleOf(world, call);
  if (schedule.tasks.length >= mostTasks) {
    throw panelError(
      400,
      'ServiceLimitExceededException',
      `Schedules may not have more than ${mostTasks} tasks associated with them. Creating this task would put this schedule over the limit.`,
      'back',
    );
  }
  checkBackups(server, input['action']);
  const last = Math.max(0, ...schedule.tasks.map(({ sequence }) => sequence)) + 1;
  const sequence = Math.min(last, wantedSequence(call, last));
  for (const task of schedule.tasks) if (task.sequence >= sequence) task.sequence += 1;
  const createdAt = new Date(now()).toISOString();
  const task: ScheduleTask = {
    id: world.nextTaskId(),
    ...wantedOf(call),
    sequence,
    isQueued: false,
    createdAt,
    updatedAt: createdAt,
  };
  schedule.tasks.push(task);
  save(context, schedule);
  record(context, call, 'create', { name: schedule.name, action: task.action, payload: task.payload });
  return ok(taskItem(task, state.timeZone));
}

export function updateTask(context: RouteContext, call: Call<Server>): Reply {
  const { world, now, state, dialect } = context;
  const schedule = scheduleOf(world, call);
  const task = taskOf(schedule, call);
  checkBackups(call.server, call.input['action']);
  const before = task.sequence;
  const sequence = wantedSequence(call, before);
  // The tasks between the old and the new place move by one.
  for (const other of schedule.tasks) {
    if (other.sequence >= sequence && other.sequence < before) other.sequence += 1;
    else if (other.sequence > before && other.sequence <= sequence) other.sequence -= 1;
  }
  const old = { action: task.action, payload: task.payload };
  Object.assign(task, wantedOf(call), { sequence, updatedAt: new Date(now()).toISOString() });
  save(context, schedule);
  const { action, payload } = dialect.schedules.tellsAfterwards ? task : old;
  record(context, call, 'update', { name: schedule.name, action, payload });
  return ok(taskItem(task, state.timeZone));
}

/** Checks the permission itself, with an error of its own. */
export function deleteTask(context: RouteContext, call: Call<Server>): Reply {
  const schedule = scheduleOf(context.world, call);
  const task = taskOf(schedule, call);
  const { deletesTasks } = context.dialect.schedules;
  if (!has(permissionsOf(call.user, call.server) ?? [], deletesTasks)) {
    throw panelError(403, 'HttpForbiddenException', 'You do not have permission to perform this action.');
  }
  schedule.tasks = schedule.tasks.filter((each) => each !== task);
  for (const other of schedule.tasks) if (other.sequence > task.sequence) other.sequence -= 1;
  save(context, schedule);
  context.activity.record(call.server.uuid, {
    event: 'server:task.delete',
    userUuid: call.user.uuid,
    properties: { name: schedule.name },
  });
  return noContent;
}

function taskOf(schedule: Schedule, { params }: Call<Server>): ScheduleTask {
  const found = findTask(schedule, params);
  if (found === null) throw new Error('The address was checked.');
  return found;
}

function checkBackups({ featureLimits }: Server, action: unknown): void {
  if (action !== 'backup' || featureLimits.backups !== 0) return;
  throw panelError(
    403,
    'HttpForbiddenException',
    "A backup task cannot be created when the server's backup limit is set to 0.",
  );
}

function wantedOf({
  input,
}: Call<Server>): Pick<ScheduleTask, 'action' | 'payload' | 'timeOffset' | 'continueOnFailure'> {
  return {
    action: String(input['action']),
    payload: String(input['payload'] ?? ''),
    timeOffset: phpInt(String(input['time_offset'])),
    continueOnFailure: isTrue(input['continue_on_failure']),
  };
}

function wantedSequence({ input }: Call<Server>, otherwise: number): number {
  const wanted = input['sequence_id'];
  return wanted === undefined ? otherwise : Math.max(1, phpInt(String(wanted)));
}

/** A changed task counts as a change of its schedule. */
function save({ world, now }: RouteContext, schedule: Schedule): void {
  schedule.updatedAt = new Date(now()).toISOString();
  world.saveSchedule(schedule);
}

function record(
  { activity }: RouteContext,
  { server, user }: Call<Server>,
  what: string,
  properties: Record<string, unknown>,
): void {
  activity.record(server.uuid, {
    event: `server:task.${what}`,
    userUuid: user.uuid,
    properties,
    hasMore: true,
  });
}
