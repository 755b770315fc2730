/** Schedules that a panel keeps of a server (PROTOCOL 2.20). Times are the panel's, in ms since the epoch. */
import * as z from 'zod';
import { longestOffset } from '../schedules/limits.js';

/** The five fields of cron, in the panel's time zone. */
const cronSchema = z.object({
  minute: z.string(),
  hour: z.string(),
  dayOfMonth: z.string(),
  month: z.string(),
  dayOfWeek: z.string(),
});

/** One task of a schedule. */
export const scheduleTaskSchema = z.object({
  id: z.number(),
  /** Place among the tasks, from 1. */
  place: z.number(),
  /** `command`, `power`, `backup`, on Pelican `delete_files`; forks may have more. */
  action: z.string(),
  /**
   * The command, the signal, or lines of patterns or paths. Exactly as the panel has it, because a change sends it
   * back: clean it before it is shown.
   */
  payload: z.string(),
  /** Seconds between the previous task and this task. */
  offsetSeconds: z.number(),
  /** True while the task waits for its turn. */
  isQueued: z.boolean(),
  /** Whether the next task follows a failure of the node. */
  continuesAfterFailure: z.boolean(),
});
export type ScheduleTask = z.infer<typeof scheduleTaskSchema>;

export const scheduleSchema = z.object({
  id: z.number(),
  name: z.string(),
  cron: cronSchema,
  isActive: z.boolean(),
  /** True during a run. A run never ends on a panel whose queue worker has stopped. */
  isProcessing: z.boolean(),
  onlyWhenOnline: z.boolean(),
  /** End of the last run, whether it failed, did nothing or did all; null before the first. */
  lastEndedAt: z.number().nullable(),
  /** In the past for a schedule without tasks, and where the panel's cron does not run; null = unknown. */
  nextRunAt: z.number().nullable(),
  /** Minutes east of UTC that the panel writes with the next run; a hint at its time zone. null = unknown. */
  offsetMinutes: z.number().nullable(),
  /** By place. */
  tasks: z.array(scheduleTaskSchema).readonly(),
});
export type Schedule = z.infer<typeof scheduleSchema>;

/** Text of one field of cron as a person typed it; the panel judges the rest. */
const typedCron = z.string().trim().min(1).max(100);

/** Fields of a new or changed schedule: the panel takes all fields at every change. */
export const scheduleFieldsSchema = scheduleSchema.pick({ isActive: true, onlyWhenOnline: true }).extend({
  /** Pelican takes 255 characters, Pterodactyl 191. */
  name: z.string().min(1).max(255),
  cron: z.object({
    minute: typedCron,
    hour: typedCron,
    dayOfMonth: typedCron,
    month: typedCron,
    dayOfWeek: typedCron,
  }),
});
export type ScheduleFields = z.infer<typeof scheduleFieldsSchema>;

/** Fields of a new or changed task. Without a place a new task becomes the last, and a changed task stays. */
export const taskFieldsSchema = z.object({
  action: z.string().min(1).max(100),
  payload: z.string().max(65_536),
  offsetSeconds: z.number().int().min(0).max(longestOffset),
  continuesAfterFailure: z.boolean(),
  place: z.number().int().min(1).max(1000).optional(),
});
export type TaskFields = z.infer<typeof taskFieldsSchema>;

/**
 * Fields as a panel sent them before a change. A panel may hold what no new schedule could have, such as a long name.
 */
export const seenFieldsSchema = scheduleSchema.pick({
  name: true,
  cron: true,
  isActive: true,
  onlyWhenOnline: true,
});

/** Fields of a task as a panel sent them before a change. */
export const seenTaskSchema = scheduleTaskSchema.pick({
  action: true,
  payload: true,
  offsetSeconds: true,
  continuesAfterFailure: true,
});

/** A schedule with its tasks in their order, as `bridge/schedules/whole.ts` describes it. */
export const wholeScheduleSchema = z.object({
  fields: scheduleFieldsSchema,
  tasks: z
    .array(taskFieldsSchema.omit({ place: true }))
    .max(100)
    .readonly(),
});

/** A schedule with its tasks, as a panel sent them. */
export const seenWholeSchema = z.object({
  fields: seenFieldsSchema,
  tasks: z.array(seenTaskSchema).max(100).readonly(),
});
export type SeenWhole = z.infer<typeof seenWholeSchema>;

/** Schedules of a file that a person chose. */
export const importedSchedulesSchema = z.object({
  schedules: z.array(wholeScheduleSchema).max(1000).readonly(),
  /** Damaged schedules of the file, and those above the limit of tasks. */
  leftOut: z.number().int(),
});
export type ImportedSchedules = z.infer<typeof importedSchedulesSchema>;
