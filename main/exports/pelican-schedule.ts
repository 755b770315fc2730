/**
 * A schedule in the file that Pelican's page exports: one schedule a file, in the panel's own field names. Anybody may
 * have made the file; `wholeScheduleSchema` judges the result. The time zone is left out: no call of the client API
 * takes one.
 */
import * as z from 'zod';

const taskSchema = z.object({
  sequence_id: z.number(),
  action: z.unknown(),
  payload: z.string().nullish(),
  time_offset: z.unknown(),
  continue_on_failure: z.unknown(),
});

const fileSchema = z.object({
  name: z.unknown(),
  is_active: z.unknown(),
  only_when_online: z.unknown(),
  cron_minute: z.unknown(),
  cron_hour: z.unknown(),
  cron_day_of_month: z.unknown(),
  cron_month: z.unknown(),
  cron_day_of_week: z.unknown(),
  tasks: z.array(taskSchema).max(1000),
});

/** The schedule in the form of Perch's own file, not yet judged; null for any other file. */
export function fromPelican(json: unknown): unknown {
  const { data } = fileSchema.safeParse(json);
  if (data?.cron_minute === undefined) return null;
  const { name, is_active: isActive, only_when_online: onlyWhenOnline } = data;
  const cron = {
    minute: data.cron_minute,
    hour: data.cron_hour,
    dayOfMonth: data.cron_day_of_month,
    month: data.cron_month,
    dayOfWeek: data.cron_day_of_week,
  };
  const tasks = data.tasks
    .toSorted((one, other) => one.sequence_id - other.sequence_id)
    .map(({ action, payload, time_offset: offsetSeconds, continue_on_failure: continuesAfterFailure }) => ({
      action,
      payload: payload ?? '',
      offsetSeconds,
      continuesAfterFailure,
    }));
  return { fields: { name, cron, isActive, onlyWhenOnline }, tasks };
}
