import * as z from 'zod';

/** A time zone by its name, old names such as `Asia/Calcutta` included. */
export const timeZone = z.string().refine((name) => {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: name }).resolvedOptions().timeZone !== '';
  } catch {
    return false;
  }
}, 'There is no such time zone.');

/** A schedule, by its number or name. */
const named = { server: z.string(), schedule: z.union([z.int(), z.string()]) };

/** Orders about schedules. `panel` sets the time zone and switches cron and the queue worker off. */
const scheduleOrders = [
  z.strictObject({
    do: z.literal('schedule'),
    ...named,
    /** True = the schedule processes forever, as after a killed queue worker; false = ends that. */
    hung: z.boolean().optional(),
    /** Minutes from now to the next run; negative = overdue. */
    nextRunInMinutes: z.number().optional(),
  }),
  /** Begins all due runs and carries out all waiting tasks at once. */
  z.strictObject({ do: z.literal('run-schedules') }),
] as const;

export const scheduleOrder = z.discriminatedUnion('do', scheduleOrders);

export type ScheduleControlOrder = z.infer<typeof scheduleOrder>;
