/** Finds a schedule among those of another server, and says in which fields and tasks both differ. Pure. */
import type { FleetSchedule } from '../schema/fleet-schedules.js';
import type { ScheduleTask } from '../schema/schedules.js';
import { areSameTasks, cronText } from './fields.js';
import { keptSchedules } from './fleet-limits.js';
import { isKeptWhole } from './kept-schedule.js';
import { taskChanges } from './task-changes.js';

type Task = FleetSchedule['tasks'][number];

/** A difference between the schedules of two servers. Places count from 1. */
export type Difference =
  | { readonly kind: 'name'; readonly name: string }
  /** So many schedules of the other server have the name, and each of them runs. */
  | { readonly kind: 'several'; readonly count: number }
  | { readonly kind: 'cron'; readonly cron: FleetSchedule['cron'] }
  | { readonly kind: 'active'; readonly isActive: boolean }
  | { readonly kind: 'online'; readonly onlyWhenOnline: boolean }
  /** `place` among the tasks of the other server. */
  | { readonly kind: 'task'; readonly place: number; readonly task: Task; readonly wanted: Task }
  | { readonly kind: 'task-more'; readonly place: number; readonly task: Task }
  /** `place` among the wanted tasks. */
  | { readonly kind: 'task-lacks'; readonly place: number; readonly task: Task };

export type Comparison =
  /** `isWhole` is false if only the beginning of a text, or only the first tasks, could be compared. */
  | { readonly kind: 'same'; readonly isWhole: boolean }
  | { readonly kind: 'differs'; readonly differences: readonly Difference[] }
  | { readonly kind: 'missing' }
  /** The other server has more schedules than Perch keeps, and the wanted schedule is not among the stored ones. */
  | { readonly kind: 'unkept' };

/**
 * The same name means the same schedule, whatever its capital letters. Without one, a schedule of another name and the
 * same time, options and tasks counts.
 */
export function compareSchedule(wanted: FleetSchedule, others: readonly FleetSchedule[]): Comparison {
  const named = others.filter(({ name }) => nameKey(name) === nameKey(wanted.name));
  const same = named.find((other) => isSame(wanted, other));
  const other = same ?? named[0] ?? others.find((one) => hasSameContent(wanted, one));
  if (other === undefined) return { kind: others.length < keptSchedules.ofServer ? 'missing' : 'unkept' };
  const differences = differencesOf(wanted, other);
  if (named.length > 1) differences.unshift({ kind: 'several', count: named.length });
  return differences.length > 0
    ? { kind: 'differs', differences }
    : { kind: 'same', isWhole: isKeptWhole(wanted) && isKeptWhole(other) };
}

function differencesOf(wanted: FleetSchedule, other: FleetSchedule): Difference[] {
  const found: Difference[] = [];
  const { name, cron, isActive, onlyWhenOnline } = other;
  if (name !== wanted.name) found.push({ kind: 'name', name });
  if (isActive !== wanted.isActive) found.push({ kind: 'active', isActive });
  if (cronText(cron) !== cronText(wanted.cron)) found.push({ kind: 'cron', cron });
  if (onlyWhenOnline !== wanted.onlyWhenOnline) found.push({ kind: 'online', onlyWhenOnline });
  return [...found, ...taskDifferences(wanted.tasks, other.tasks)];
}

/** The changes that would make the tasks of the other server into the wanted ones, seen from the other server. */
function taskDifferences(wanted: readonly Task[], others: readonly Task[]): readonly Difference[] {
  if (areSame(wanted, others)) return [];
  const numbered = others.map((task, at): ScheduleTask => ({
    ...task,
    id: at,
    place: at + 1,
    isQueued: false,
  }));
  return taskChanges(numbered, wanted).flatMap((change): Difference[] => {
    if (change.kind === 'add')
      return [{ kind: 'task-lacks', place: change.fields.place, task: change.fields }];
    const task = others[change.task];
    const place = change.task + 1;
    if (task === undefined) return [];
    return change.kind === 'delete'
      ? [{ kind: 'task-more', place, task }]
      : [{ kind: 'task', place, task, wanted: change.fields }];
  });
}

function isSame(one: FleetSchedule, other: FleetSchedule): boolean {
  return one.name === other.name && hasSameContent(one, other);
}

function hasSameContent(one: FleetSchedule, other: FleetSchedule): boolean {
  return (
    one.isActive === other.isActive &&
    one.onlyWhenOnline === other.onlyWhenOnline &&
    cronText(one.cron) === cronText(other.cron) &&
    areSame(one.tasks, other.tasks)
  );
}

function areSame(one: readonly Task[], other: readonly Task[]): boolean {
  return (
    one.length === other.length &&
    one.every((task, at) => {
      const beside = other[at];
      return beside !== undefined && areSameTasks(task, beside);
    })
  );
}

function nameKey(name: string): string {
  return name.trim().toLowerCase();
}
