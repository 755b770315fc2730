/** Schedules of servers, as the panel stores them (PROTOCOL 2.20). Times are in ISO 8601. */

export interface CronFields {
  minute: string;
  hour: string;
  dayOfMonth: string;
  month: string;
  dayOfWeek: string;
}

export interface ScheduleTask {
  /** Counts over the whole panel. */
  id: number;
  /** Place in the schedule, from 1. */
  sequence: number;
  /** `command`, `power`, `backup` or `delete_files`. */
  action: string;
  payload: string;
  /** Seconds between the previous task and this task. */
  timeOffset: number;
  /** True while the task waits for its turn. */
  isQueued: boolean;
  continueOnFailure: boolean;
  createdAt: string;
  updatedAt: string;
}

/** A task in the panel's queue. */
export interface QueuedTask {
  taskId: number;
  /** When it is to run, in ms since the epoch. */
  dueAt: number;
  /** True if a user began the run. */
  byHand: boolean;
  /** Attempts that have failed. */
  failures: number;
}

export interface Schedule {
  /** Counts over the whole panel. */
  id: number;
  serverUuid: string;
  name: string;
  cron: CronFields;
  isActive: boolean;
  isProcessing: boolean;
  onlyWhenOnline: boolean;
  lastRunAt: string | null;
  nextRunAt: string;
  createdAt: string;
  updatedAt: string;
  /** By id. */
  tasks: ScheduleTask[];
  queue: QueuedTask[];
}
