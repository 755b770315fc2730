/** Schedules as they are kept for all servers of the fleet: bounded, and without what only a change needs. Pure. */
import { keptSchedules } from '../../bridge/schedules/fleet-limits.js';
import type { FleetSchedule } from '../../bridge/schema/fleet-schedules.js';
import type { Schedule } from '../../bridge/schema/schedules.js';

export function keptOf(schedules: readonly Schedule[]): readonly FleetSchedule[] {
  return schedules.slice(0, keptSchedules.ofServer).map((schedule) => {
    const { minute, hour, dayOfMonth, month, dayOfWeek } = schedule.cron;
    return {
      id: schedule.id,
      isActive: schedule.isActive,
      isProcessing: schedule.isProcessing,
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
      tasks: schedule.tasks.slice(0, keptSchedules.tasks).map(({ action, payload, offsetSeconds }) => ({
        action: cut(action),
        payload: cut(payload),
        offsetSeconds,
      })),
    };
  });
}

function cut(text: string): string {
  return text.slice(0, keptSchedules.text);
}
