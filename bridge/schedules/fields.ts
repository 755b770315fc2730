/** The fields of a schedule and of a task that a change sends: how they are read, and whether two are equal. */
import type { Schedule, ScheduleFields, ScheduleTask, TaskFields } from '../schema/schedules.js';

export function fieldsOf({ name, cron, isActive, onlyWhenOnline }: Schedule): ScheduleFields {
  return { name, cron, isActive, onlyWhenOnline };
}

/** Without the place, which changes whenever an earlier task is removed. */
export function taskFieldsOf({
  action,
  payload,
  offsetSeconds,
  continuesAfterFailure,
}: ScheduleTask): TaskFields {
  return { action, payload, offsetSeconds, continuesAfterFailure };
}

export function areSameFields(one: ScheduleFields, other: ScheduleFields): boolean {
  return (
    one.name === other.name &&
    one.isActive === other.isActive &&
    one.onlyWhenOnline === other.onlyWhenOnline &&
    one.cron.minute === other.cron.minute &&
    one.cron.hour === other.cron.hour &&
    one.cron.dayOfMonth === other.cron.dayOfMonth &&
    one.cron.month === other.cron.month &&
    one.cron.dayOfWeek === other.cron.dayOfWeek
  );
}

export function areSameTasks(one: TaskFields, other: TaskFields): boolean {
  return (
    one.action === other.action &&
    one.payload === other.payload &&
    one.offsetSeconds === other.offsetSeconds &&
    one.continuesAfterFailure === other.continuesAfterFailure
  );
}

/** The five fields of cron as one text. */
export function cronText({ minute, hour, dayOfMonth, month, dayOfWeek }: Schedule['cron']): string {
  return [minute, hour, dayOfMonth, month, dayOfWeek].map((field) => field.trim()).join(' ');
}
