/** Schedules and their tasks in the format of the API (PROTOCOL 2.20.1). */
import type { Schedule, ScheduleTask } from '../../data/schedules.js';
import { list } from '../items.js';

export function scheduleItem(schedule: Schedule, timeZone: string): Record<string, unknown> {
  const { cron, lastRunAt } = schedule;
  return {
    object: 'server_schedule',
    attributes: {
      id: schedule.id,
      name: schedule.name,
      cron: {
        day_of_week: cron.dayOfWeek,
        day_of_month: cron.dayOfMonth,
        month: cron.month,
        hour: cron.hour,
        minute: cron.minute,
      },
      is_active: schedule.isActive,
      is_processing: schedule.isProcessing,
      only_when_online: schedule.onlyWhenOnline,
      last_run_at: lastRunAt === null ? null : atomTime(lastRunAt, timeZone),
      next_run_at: atomTime(schedule.nextRunAt, timeZone),
      created_at: atomTime(schedule.createdAt, timeZone),
      updated_at: atomTime(schedule.updatedAt, timeZone),
      relationships: { tasks: list(schedule.tasks.map((task) => taskItem(task, timeZone))) },
    },
  };
}

export function taskItem(task: ScheduleTask, timeZone: string): Record<string, unknown> {
  return {
    object: 'schedule_task',
    attributes: {
      id: task.id,
      sequence_id: task.sequence,
      action: task.action,
      payload: task.payload,
      time_offset: task.timeOffset,
      is_queued: task.isQueued,
      continue_on_failure: task.continueOnFailure,
      created_at: atomTime(task.createdAt, timeZone),
      updated_at: atomTime(task.updatedAt, timeZone),
    },
  };
}

/** ISO 8601 in whole seconds, with the offset that the zone has at that time: `2026-11-29T05:00:00+01:00`. */
export function atomTime(time: string, timeZone: string): string {
  const format = new Intl.DateTimeFormat('en-US', { timeZone, timeZoneName: 'longOffset' });
  const name = format.formatToParts(new Date(time)).find(({ type }) => type === 'timeZoneName')?.value ?? '';
  // UTC itself is "GMT".
  const offset = name.replace('GMT', '') || '+00:00';
  const [hours = '', minutes = ''] = offset.slice(1).split(':');
  const ms = (Number(hours) * 60 + Number(minutes)) * 60_000 * (offset.startsWith('-') ? -1 : 1);
  return new Date(Date.parse(time) + ms).toISOString().slice(0, 19) + offset;
}
