/** A schedule with its tasks, without the fields of one panel: numbers, places and times. */
import type { Schedule, ScheduleFields, TaskFields } from '../schema/schedules.js';
import { areSameFields, areSameTasks, fieldsOf, taskFieldsOf } from './fields.js';

export interface WholeSchedule {
  readonly fields: ScheduleFields;
  /** In their order. */
  readonly tasks: readonly Omit<TaskFields, 'place'>[];
}

export function wholeOf(schedule: Schedule): WholeSchedule {
  return { fields: fieldsOf(schedule), tasks: schedule.tasks.map(taskFieldsOf) };
}

export function isSameSchedule(schedule: Schedule, { fields, tasks }: WholeSchedule): boolean {
  return (
    areSameFields(fieldsOf(schedule), fields) &&
    schedule.tasks.length === tasks.length &&
    schedule.tasks.every((task, at) => {
      const other = tasks[at];
      return other !== undefined && areSameTasks(taskFieldsOf(task), other);
    })
  );
}
