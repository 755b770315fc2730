/** The fewest changes that make the tasks of a schedule into others. */
import type { ScheduleTask, TaskFields } from '../schema/schedules.js';
import { areSameTasks, taskFieldsOf } from './fields.js';

/** A task without its place, which the list gives it. */
type NewTask = Omit<TaskFields, 'place'>;

export type TaskChange =
  | { readonly kind: 'delete'; readonly task: number }
  | { readonly kind: 'change'; readonly task: number; readonly fields: NewTask }
  /** `fields.place` = place among the tasks that are there by then. */
  | { readonly kind: 'add'; readonly fields: TaskFields & { readonly place: number } };

/** Steps from a part of the present tasks to a part of the wanted ones, and the number of changes among them. */
interface Path {
  readonly cost: number;
  readonly changes: readonly TaskChange[];
}

/**
 * In the order in which the panel can take them: deletions first, because they make room; then changes; then
 * additions by their place.
 */
export function taskChanges(
  present: readonly ScheduleTask[],
  wanted: readonly NewTask[],
): readonly TaskChange[] {
  // The distance of Levenshtein, row by row: `row[n]` leads to the first n wanted tasks.
  let row: Path[] = [{ cost: 0, changes: [] }];
  wanted.forEach((fields, at) =>
    row.push(more(row[at], { kind: 'add', fields: { ...fields, place: at + 1 } })),
  );
  for (const task of present) {
    const next: Path[] = [more(row[0], { kind: 'delete', task: task.id })];
    wanted.forEach((fields, at) => {
      const isSame = areSameTasks(taskFieldsOf(task), fields);
      const kept = isSame ? row[at] : more(row[at], { kind: 'change', task: task.id, fields });
      const deleted = more(row[at + 1], { kind: 'delete', task: task.id });
      const added = more(next[at], { kind: 'add', fields: { ...fields, place: at + 1 } });
      next.push(cheapest([kept, deleted, added]));
    });
    row = next;
  }
  const changes = row.at(-1)?.changes ?? [];
  return (['delete', 'change', 'add'] as const).flatMap((kind) => changes.filter((one) => one.kind === kind));
}

/** Whether the change from the present tasks to the wanted tasks deletes a task. */
export function deletesTasks(present: readonly ScheduleTask[], wanted: readonly NewTask[]): boolean {
  return taskChanges(present, wanted).some(({ kind }) => kind === 'delete');
}

function more(path: Path | undefined, change: TaskChange): Path {
  const { cost, changes } = path ?? { cost: 0, changes: [] };
  return { cost: cost + 1, changes: [...changes, change] };
}

function cheapest(paths: readonly (Path | undefined)[]): Path {
  const known = paths.filter((path) => path !== undefined);
  return known.reduce((best, path) => (path.cost < best.cost ? path : best));
}
