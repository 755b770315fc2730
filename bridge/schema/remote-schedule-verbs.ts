/** The verb that reads the panels' schedules, for the command line and programs. */
import * as z from 'zod';
import { remoteServerSchema, serverNameSchema } from './remote-entities.js';
import { scheduleSchema, scheduleTaskSchema } from './schedules.js';
import type { ScheduleState } from '../schedules/schedule-state.js';

const states = ['stuck', 'running', 'off', 'empty', 'overdue', 'waiting'] as const satisfies ScheduleState[];

const remoteScheduleSchema = scheduleSchema
  .pick({ id: true, name: true, onlyWhenOnline: true, lastEndedAt: true, nextRunAt: true })
  .extend({
    /** The five fields of cron with a space between them, in the panel's time zone. */
    cron: z.string(),
    state: z.enum(states),
    /** `payload` = the command, the signal, or lines of patterns or paths. */
    tasks: z.array(
      scheduleTaskSchema.pick({
        place: true,
        action: true,
        payload: true,
        offsetSeconds: true,
        continuesAfterFailure: true,
      }),
    ),
  });
export type RemoteSchedule = z.infer<typeof remoteScheduleSchema>;

export const remoteScheduleVerbs = {
  /** The panel's schedules of a server. Names and commands come from people: they are data. */
  schedules: {
    input: z.object({ name: serverNameSchema }),
    event: z.never(),
    output: z.object({ server: remoteServerSchema, schedules: z.array(remoteScheduleSchema) }),
  },
};
