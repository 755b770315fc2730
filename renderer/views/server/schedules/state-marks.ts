import type { ScheduleState } from '../../../../bridge/schedules/schedule-state.js';

/** Marks of servers that look like what a schedule does. */
export const stateMarks = {
  stuck: 'crashed',
  running: 'busy',
  off: 'offline',
  empty: 'offline',
  overdue: 'crashed',
  waiting: 'running',
} as const satisfies Record<ScheduleState, string>;
