import { PerchError, newProblem, toProblem, type Problem } from '../../../bridge/errors.js';
import { areSameFields, areSameTasks, fieldsOf, taskFieldsOf } from '../../../bridge/schedules/fields.js';
import { runOutlook, type RunOutlook } from '../../../bridge/schedules/run-outlook.js';
import type { HandlerInput } from '../../../bridge/schema/contract.js';
import type { Schedule, ScheduleTask, TaskFields } from '../../../bridge/schema/schedules.js';
import { isGranted, taskRemovalPermission } from '../../../bridge/panel/permissions.js';
import { sentence } from '../../../messages/messages.js';
import type { CallTable } from '../../base/calls.js';
import { asked, serverOf, type ActionsDeps, type ServerDeps } from '../deps.js';
import { createSchedule } from './create-schedule.js';
import { ServerTurns } from './server-turns.js';
import { changeWhole, createWhole, type WrittenSchedule } from './whole-schedule.js';

/** Calls about the schedules of servers. */
export function scheduleCalls(deps: ServerDeps & Pick<ActionsDeps, 'schedulesChanged'>) {
  const turns = new ServerTurns(deps);
  const inTurn = <T>({ serverId }: { readonly serverId: string }, work: () => Promise<T>): Promise<T> =>
    turns.run(serverId, () => work().finally(() => deps.schedulesChanged(serverId)));
  return {
    'schedules.list': ({ serverId }) =>
      asked(deps, serverId, 'schedule.read', ({ server, watched }) =>
        watched.panel.schedules(server.identifier),
      ),
    'schedules.view': ({ serverId, schedule }) =>
      asked(deps, serverId, 'schedule.read', ({ server, watched }) =>
        watched.panel.schedule(server.identifier, schedule),
      ),
    'schedules.save': (input) =>
      inTurn(input, () =>
        input.schedule === null ? create(deps, input) : change(deps, input, input.schedule),
      ),
    'schedules.saveWhole': (input) => inTurn(input, () => saveWhole(deps, input)),
    'schedules.setActive': (input) => inTurn(input, () => setActive(deps, input)),
    'schedules.remove': (input) => inTurn(input, () => remove(deps, input)),
    'schedules.run': (input) => inTurn(input, () => run(deps, input)),
    'schedules.saveTask': (input) => inTurn(input, () => saveTask(deps, input)),
    'schedules.removeTask': (input) => inTurn(input, () => removeTask(deps, input)),
  } satisfies CallTable;
}

async function create(
  deps: ServerDeps,
  { serverId, fields }: Pick<HandlerInput<'schedules.save'>, 'serverId' | 'fields'>,
): Promise<Schedule> {
  return asked(deps, serverId, 'schedule.create', ({ server: { identifier, permissions }, watched }) => {
    const mayLook = isGranted(permissions, 'schedule.read');
    return createSchedule(watched.panel, identifier, { fields, mayLook });
  });
}

async function change(
  deps: ServerDeps,
  { serverId, fields, replaces }: HandlerInput<'schedules.save'>,
  id: number,
): Promise<Schedule> {
  return asked(deps, serverId, 'schedule.update', async ({ server: { identifier }, watched: { panel } }) => {
    const present = await panel.schedule(identifier, id);
    // The answer of an earlier press may have been lost after the panel had made the change.
    if (areSameFields(fieldsOf(present), fields)) return present;
    if (replaces === null || !areSameFields(fieldsOf(present), replaces)) {
      throw new PerchError(changedMeanwhile);
    }
    return panel.changeSchedule(identifier, id, fields);
  });
}

async function saveWhole(
  deps: ServerDeps,
  { serverId, schedule: id, fields, tasks, replaces }: HandlerInput<'schedules.saveWhole'>,
): Promise<WrittenSchedule> {
  const wanted = { fields, tasks };
  const write = () =>
    asked(deps, serverId, 'schedule.update', ({ server, watched: { panel } }) =>
      id === null || replaces === null
        ? createWhole(panel, server.identifier, wanted)
        : changeWhole(panel, server, id, { wanted, replaces }),
    );
  return id === null ? asked(deps, serverId, 'schedule.create', write) : write();
}

/** Sends the fields that the panel has now, because the panel takes all fields at every change. */
async function setActive(
  deps: ServerDeps,
  { serverId, schedule: id, isActive }: HandlerInput<'schedules.setActive'>,
): Promise<Schedule> {
  return asked(deps, serverId, 'schedule.update', async ({ server: { identifier }, watched: { panel } }) => {
    const present = await panel.schedule(identifier, id);
    if (present.isActive === isActive) return present;
    return panel.changeSchedule(identifier, id, { ...fieldsOf(present), isActive });
  });
}

/**
 * Deletes a schedule. A schedule that is gone already counts as deleted, but only if the list says so: a panel answers
 * with the same 404 if the user of the key has lost the server.
 */
async function remove(
  deps: ServerDeps,
  { serverId, schedule: id }: HandlerInput<'schedules.remove'>,
): Promise<void> {
  await asked(deps, serverId, 'schedule.delete', async ({ server: { identifier }, watched: { panel } }) => {
    try {
      await panel.deleteSchedule(identifier, id);
    } catch (error) {
      const { code, maybeDone } = toProblem(error);
      const isInDoubt = code === 'not-found' || maybeDone === true;
      // A list that does not come leaves the doubt.
      const left = isInDoubt ? await panel.schedules(identifier).catch(() => null) : null;
      if (left === null || left.some((each) => each.id === id)) throw error;
    }
  });
}

/** Looks at the schedule first, because the panel takes an order that has no effect. */
async function run(
  deps: ServerDeps,
  { serverId, schedule: id, again }: HandlerInput<'schedules.run'>,
): Promise<void> {
  await asked(deps, serverId, 'schedule.update', async ({ server, watched: { panel } }) => {
    const { identifier, power, permissions } = server;
    if (isGranted(permissions, 'schedule.read')) {
      const block = runBlock(runOutlook(await panel.schedule(identifier, id), power), again);
      if (block !== null) throw new PerchError(block);
    }
    await panel.runSchedule(identifier, id);
  });
}

/** Why a run is not asked for; null if it is. */
function runBlock(outlook: RunOutlook, again: boolean): Problem | null {
  if (outlook === 'runs' || outlook === 'switched-off' || (outlook === 'twice' && again)) return null;
  return newProblem('conflict', sentence(`actions.schedule-${outlook}`));
}

async function saveTask(
  deps: ServerDeps,
  { serverId, schedule: id, task, fields, replaces }: HandlerInput<'schedules.saveTask'>,
): Promise<Schedule> {
  return asked(deps, serverId, 'schedule.update', async ({ server: { identifier }, watched: { panel } }) => {
    const { tasks } = await panel.schedule(identifier, id);
    if (task === null) await addTask(fields, tasks);
    else {
      const present = tasks.find((one) => one.id === task);
      if (present === undefined) throw new PerchError(taskGone);
      if (!isDone(present, fields)) {
        if (replaces === null || !areSameTasks(taskFieldsOf(present), replaces)) {
          throw new PerchError(changedMeanwhile);
        }
        await panel.changeTask(identifier, { schedule: id, task }, fields);
      }
    }
    return panel.schedule(identifier, id);

    /** Adds one task, also if the answer was lost: the schedule then tells whether the task exists. */
    async function addTask(wanted: TaskFields, before: readonly ScheduleTask[]): Promise<void> {
      try {
        await panel.addTask(identifier, id, wanted);
      } catch (error) {
        if (toProblem(error).maybeDone !== true) throw error;
        const now = await panel.schedule(identifier, id).catch(() => null);
        const isThere = now?.tasks.some(
          (one) => !before.some((known) => known.id === one.id) && areSameTasks(taskFieldsOf(one), wanted),
        );
        if (isThere !== true) throw error;
      }
    }
  });
}

/** Whether the panel has the task as wanted. */
function isDone(present: ScheduleTask, wanted: TaskFields): boolean {
  const isThere = wanted.place === undefined || wanted.place === present.place;
  return isThere && areSameTasks(taskFieldsOf(present), wanted);
}

async function removeTask(
  deps: ServerDeps,
  { serverId, schedule: id, task }: HandlerInput<'schedules.removeTask'>,
): Promise<Schedule> {
  const permission = taskRemovalPermission(serverOf(deps, serverId).server);
  return asked(deps, serverId, permission, async ({ server: { identifier }, watched: { panel } }) => {
    await panel.deleteTask(identifier, { schedule: id, task }).catch(async (error: unknown) => {
      if (toProblem(error).maybeDone !== true) throw error;
      const now = await panel.schedule(identifier, id);
      if (now.tasks.some((one) => one.id === task)) throw error;
    });
    return panel.schedule(identifier, id);
  });
}

const changedMeanwhile = newProblem('conflict', sentence('actions.schedule-changed'));
const taskGone = newProblem(
  'not-found',
  sentence('actions.schedule-task-gone'),
  sentence('panel.load-schedules'),
);
