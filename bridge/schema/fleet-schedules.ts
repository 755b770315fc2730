/** Schedules of all servers, as Perch keeps them in memory for the calendar and for comparisons. */
import * as z from 'zod';
import { keptSchedules } from '../schedules/fleet-limits.js';
import { scheduleSchema, scheduleTaskSchema } from './schedules.js';

/** Texts are cut, so no field may be sent back to the panel. */
const fleetScheduleSchema = scheduleSchema
  .pick({
    id: true,
    name: true,
    cron: true,
    isActive: true,
    isProcessing: true,
    onlyWhenOnline: true,
    lastEndedAt: true,
    nextRunAt: true,
    offsetMinutes: true,
  })
  .extend({
    /** By place. */
    tasks: z
      .array(
        scheduleTaskSchema.pick({
          action: true,
          payload: true,
          offsetSeconds: true,
          continuesAfterFailure: true,
        }),
      )
      .max(keptSchedules.tasks)
      .readonly(),
  });
export type FleetSchedule = z.infer<typeof fleetScheduleSchema>;

export const serverSchedulesSchema = z.object({
  serverId: z.string(),
  /** Monotonic time of main at which the panel sent the list. */
  readAt: z.number(),
  /** null = the server is gone, so Perch dropped the list. */
  schedules: z.array(fleetScheduleSchema).max(keptSchedules.ofServer).readonly().nullable(),
});
export type ServerSchedules = z.infer<typeof serverSchedulesSchema>;
