import type { Schedule, ScheduleTask } from '../../bridge/schema/schedules.js';

export function aTask(fields: Partial<ScheduleTask> = {}): ScheduleTask {
  return {
    id: 1,
    place: 1,
    action: 'power',
    payload: 'restart',
    offsetSeconds: 0,
    isQueued: false,
    continuesAfterFailure: false,
    ...fields,
  };
}

/** Every night at four, with one task that restarts the server. */
export function aSchedule(fields: Partial<Schedule> = {}): Schedule {
  return {
    id: 1,
    name: 'Nightly',
    cron: { minute: '0', hour: '4', dayOfMonth: '*', month: '*', dayOfWeek: '*' },
    isActive: true,
    isProcessing: false,
    onlyWhenOnline: false,
    lastEndedAt: null,
    nextRunAt: null,
    offsetMinutes: null,
    tasks: [aTask()],
    ...fields,
  };
}
