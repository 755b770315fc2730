import type { ScheduleState } from '../../../../bridge/schedules/schedule-state.js';

/** Marks of servers in the look of a schedule's action. */
export const stateMarks = {
  stuck: 'crashed',
  running: 'busy',
  off: 'offline',
  empty: 'offline',
  overdue: 'crashed',
  waiting: 'running',
} as const satisfies Record<ScheduleState, string>;
