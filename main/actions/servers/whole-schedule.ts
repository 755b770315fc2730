/**
 * Writes a schedule with all its tasks, for which a panel has no single call.
 *
 * A schedule is switched off before its tasks change and switched on when they are whole, so that the panel never runs
 * a half of it. Tasks that stay are not sent.
 */
import { PerchError, newProblem, toProblem, type Problem } from '../../../bridge/errors.js';
import { taskRemovalPermission } from '../../../bridge/panel/permissions.js';
import { areSameFields, areSameTasks, fieldsOf, taskFieldsOf } from '../../../bridge/schedules/fields.js';
import { deletesTasks, taskChanges, type TaskChange } from '../../../bridge/schedules/task-changes.js';
import { isSameSchedule, wholeOf, type WholeSchedule } from '../../../bridge/schedules/whole.js';
import type { Server } from '../../../bridge/schema/domain.js';
import type { Schedule, ScheduleFields, ScheduleTask } from '../../../bridge/schema/schedules.js';
import { sentence } from '../../../messages/messages.js';
import type { PanelApi } from '../../panel/api.js';
import { demand } from '../deps.js';
import { createSchedule } from './create-schedule.js';

/** The part of a panel that writing needs. */
type SchedulePanel = Pick<
  PanelApi,
  'schedules' | 'schedule' | 'createSchedule' | 'changeSchedule' | 'addTask' | 'changeTask' | 'deleteTask'
>;

/**
 * `problem` = writing ended half way, and `schedule` is the panel's schedule; null = the panel did not tell. A second
 * call with the panel's schedule finishes.
 */
export interface WrittenSchedule {
  readonly id: number;
  readonly schedule: Schedule | null;
  readonly problem: Problem | null;
}

type Step = { readonly kind: 'fields'; readonly fields: ScheduleFields } | TaskChange;

/** Creates a schedule with tasks. Rejects with `PerchError` if the panel created no schedule. */
export async function createWhole(
  panel: SchedulePanel,
  identifier: string,
  wanted: WholeSchedule,
): Promise<WrittenSchedule> {
  const fields = { ...wanted.fields, isActive: false };
  const made = await createSchedule(panel, identifier, { fields, mayLook: true });
  return new Writing(panel, identifier, made).write(wanted);
}

/**
 * Makes a schedule into the wanted one. Rejects with `PerchError` and changes nothing if the panel's schedule differs
 * from `replaces`, without the permission for a deletion, or during a run: a run whose tasks change ends, or hangs
 * (PROTOCOL 2.20.22).
 */
export async function changeWhole(
  panel: SchedulePanel,
  server: Pick<Server, 'identifier' | 'condition' | 'permissions' | 'naming'>,
  id: number,
  { wanted, replaces }: { readonly wanted: WholeSchedule; readonly replaces: WholeSchedule },
): Promise<WrittenSchedule> {
  const { identifier } = server;
  const present = await panel.schedule(identifier, id);
  // The answer of an earlier press may have been lost after the panel had made the change.
  if (isSameSchedule(present, wanted)) return { id, schedule: present, problem: null };
  if (!isSameSchedule(present, replaces)) throw new PerchError(changedMeanwhile);
  if (present.isProcessing) throw new PerchError(runs);
  if (deletesTasks(present.tasks, wanted.tasks)) demand(server, taskRemovalPermission(server));
  return new Writing(panel, identifier, present).write(wanted);
}

class Writing {
  constructor(
    private readonly panel: SchedulePanel,
    private readonly identifier: string,
    /** The panel's schedule, as far as its answers showed it. */
    private present: Schedule,
  ) {}

  async write(wanted: WholeSchedule): Promise<WrittenSchedule> {
    const { id } = this.present;
    const look = () => this.panel.schedule(this.identifier, id).catch(() => null);
    try {
      for (const step of stepsTo(this.present, wanted)) await this.#do(step);
    } catch (error) {
      return { id, schedule: await look(), problem: toProblem(error) };
    }
    const schedule = await look();
    const isWhole = schedule === null || isSameSchedule(schedule, wanted);
    return { id, schedule, problem: isWhole ? null : changedMeanwhile };
  }

  /** Does a step once. After a lost answer the panel tells whether the step was done. */
  async #do(step: Step): Promise<void> {
    const after = resultOf(this.present, step);
    try {
      this.present = resultOf(this.present, step, await this.#send(step));
    } catch (error) {
      if (toProblem(error).maybeDone !== true) throw error;
      const now = await this.panel.schedule(this.identifier, this.present.id).catch(() => null);
      if (now === null || !isSameSchedule(now, wholeOf(after))) throw error;
      this.present = now;
    }
  }

  /** Resolves with the number of a new task, otherwise with 0. */
  async #send(step: Step): Promise<number> {
    const { id } = this.present;
    if (step.kind === 'fields') await this.panel.changeSchedule(this.identifier, id, step.fields);
    else if (step.kind === 'add') return (await this.panel.addTask(this.identifier, id, step.fields)).id;
    else if (step.kind === 'delete') {
      await this.panel.deleteTask(this.identifier, { schedule: id, task: step.task });
    } else {
      await this.panel.changeTask(this.identifier, { schedule: id, task: step.task }, step.fields);
    }
    return 0;
  }
}

function stepsTo(present: Schedule, { fields, tasks }: WholeSchedule): Step[] {
  const changes = taskChanges(present.tasks, tasks);
  const rest: Step[] = areSameFields(fieldsOf(present), fields) ? [] : [{ kind: 'fields', fields }];
  const steps = [...changes, ...rest];
  // One call is no half, and a schedule that is off does not run.
  if (steps.length === 1 || !present.isActive || isOnlyWords(present, steps)) return steps;
  const off: Step = { kind: 'fields', fields: { ...fields, isActive: false } };
  return [off, ...changes, ...(fields.isActive ? [{ kind: 'fields', fields } as const] : [])];
}

/** True for changes of console commands alone: a run between two of them is whole. */
function isOnlyWords({ tasks }: Schedule, steps: readonly Step[]): boolean {
  return steps.every((step) => {
    if (step.kind !== 'change') return false;
    const before = tasks.find(({ id }) => id === step.task);
    const isCommand = before?.action === 'command';
    return isCommand && areSameTasks(taskFieldsOf({ ...before, payload: step.fields.payload }), step.fields);
  });
}

function resultOf(present: Schedule, step: Step, newId = 0): Schedule {
  if (step.kind === 'fields') return { ...present, ...step.fields };
  return { ...present, tasks: changedTasks(present.tasks, step, newId) };
}

function changedTasks(tasks: readonly ScheduleTask[], change: TaskChange, newId: number): ScheduleTask[] {
  if (change.kind === 'delete') return tasks.filter(({ id }) => id !== change.task);
  if (change.kind === 'change') {
    return tasks.map((task) => (task.id === change.task ? { ...task, ...change.fields } : task));
  }
  const { place } = change.fields;
  return tasks.toSpliced(place - 1, 0, { ...change.fields, id: newId, isQueued: false });
}

const changedMeanwhile = newProblem('conflict', sentence('actions.schedule-changed'));
const runs = newProblem('conflict', sentence('actions.schedule-runs'));
