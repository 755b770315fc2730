import * as z from 'zod';
import type { Schedule, ScheduleTask } from '../../../bridge/schema/schedules.js';
import { amount, enveloped, flag, validItems, line, numberId, relation, text, uniqueBy } from './fields.js';
import { wholeList } from './whole-list.js';

/** A panel allows 10 tasks unless its host sets another number. */
const mostTasks = 100;
const mostSchedules = 1000;
/** Bytes of the panel's column. */
const longestPayload = 65_535;

/** A time as the panel wrote it, whose offset counts; null if the time is missing or has another form. */
const time = z.iso.datetime({ offset: true }).nullish().catch(null);
const cronField = line(200);

/** Schema of one task (PROTOCOL 2.20.2). */
export const taskItem = enveloped({
  id: numberId,
  sequence_id: amount(1),
  action: line(100),
  payload: text(longestPayload),
  time_offset: amount(0),
  is_queued: flag,
  continue_on_failure: flag,
}).transform((attributes): ScheduleTask => ({
  id: attributes.id,
  place: attributes.sequence_id,
  action: attributes.action,
  payload: attributes.payload,
  offsetSeconds: attributes.time_offset,
  isQueued: attributes.is_queued,
  continuesAfterFailure: attributes.continue_on_failure,
}));

/** Schema of one schedule with its tasks (PROTOCOL 2.20.1). */
export const scheduleItem = enveloped({
  id: numberId,
  name: line(255),
  cron: z.looseObject({
    minute: cronField,
    hour: cronField,
    day_of_month: cronField,
    month: cronField,
    day_of_week: cronField,
  }),
  is_active: flag,
  is_processing: flag,
  only_when_online: flag,
  last_run_at: time,
  next_run_at: time,
  relationships: z.looseObject({ tasks: relation }).nullish().catch(null),
}).transform((attributes): Schedule => {
  const { cron, last_run_at: lastRun, next_run_at: nextRun } = attributes;
  const tasks = validItems((attributes.relationships?.tasks ?? []).slice(0, mostTasks), taskItem);
  return {
    id: attributes.id,
    name: attributes.name,
    cron: {
      minute: cron.minute,
      hour: cron.hour,
      dayOfMonth: cron.day_of_month,
      month: cron.month,
      dayOfWeek: cron.day_of_week,
    },
    isActive: attributes.is_active,
    isProcessing: attributes.is_processing,
    onlyWhenOnline: attributes.only_when_online,
    lastEndedAt: lastRun ? Date.parse(lastRun) : null,
    nextRunAt: nextRun ? Date.parse(nextRun) : null,
    offsetMinutes: nextRun ? offsetOf(nextRun) : null,
    tasks: uniqueBy(tasks, (task) => String(task.id)).sort((a, b) => a.place - b.place),
  };
});

/** Schema of all schedules of a server. */
export const schedulesAnswer = wholeList(scheduleItem, mostSchedules, ({ id }) => String(id));

function offsetOf(text: string): number {
  const [, sign, hours = '0', minutes = '0'] = /([+-])(\d\d):?(\d\d)$/.exec(text) ?? [];
  return (Number(hours) * 60 + Number(minutes)) * (sign === '-' ? -1 : 1);
}
