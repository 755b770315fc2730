/**
 * Schedules as they are kept for all servers of the fleet: bounded, and without fields that only a change needs. Pure.
 */
import type { FleetSchedule } from '../schema/fleet-schedules.js';
import type { Schedule } from '../schema/schedules.js';
import { keptSchedules } from './fleet-limits.js';

export function keptOf(schedules: readonly Schedule[]): readonly FleetSchedule[] {
  return schedules.slice(0, keptSchedules.ofServer).map(keptSchedule);
}

export function keptSchedule(schedule: Schedule): FleetSchedule {
  const { minute, hour, dayOfMonth, month, dayOfWeek } = schedule.cron;
  return {
    id: schedule.id,
    isActive: schedule.isActive,
    isProcessing: schedule.isProcessing,
    onlyWhenOnline: schedule.onlyWhenOnline,
    lastEndedAt: schedule.lastEndedAt,
    nextRunAt: schedule.nextRunAt,
    offsetMinutes: schedule.offsetMinutes,
    name: cut(schedule.name),
    cron: {
      minute: cut(minute),
      hour: cut(hour),
      dayOfMonth: cut(dayOfMonth),
      month: cut(month),
      dayOfWeek: cut(dayOfWeek),
    },
    tasks: schedule.tasks
      .slice(0, keptSchedules.tasks)
      .map(({ action, payload, offsetSeconds, continuesAfterFailure }) => ({
        action: cut(action),
        payload: cut(payload),
        offsetSeconds,
        continuesAfterFailure,
      })),
  };
}

/** False if the panel may have longer texts or more tasks than Perch keeps. */
export function isKeptWhole({ name, cron, tasks }: Pick<FleetSchedule, 'name' | 'cron' | 'tasks'>): boolean {
  const texts = [name, ...Object.values(cron), ...tasks.flatMap(({ action, payload }) => [action, payload])];
  return tasks.length < keptSchedules.tasks && texts.every((text) => text.length < keptSchedules.text);
}

function cut(text: string): string {
  return text.slice(0, keptSchedules.text);
}
