/** Requests about the schedules of a server and their tasks (PROTOCOL 2.20). */
import { PerchError, newProblem } from '../../bridge/errors.js';
import type { ScheduleFields, TaskFields } from '../../bridge/schema/schedules.js';
import { sentence } from '../../messages/messages.js';
import { read, serverPath, write } from './call.js';
import { scheduleItem, schedulesAnswer, taskItem } from './wire/schedules.js';

/** Path of one schedule, or of a route below it. The numbers come from a panel or a window. */
function schedulePath(identifier: string, schedule: number, rest = '', task?: number): string {
  for (const id of task === undefined ? [schedule] : [schedule, task]) {
    if (!Number.isSafeInteger(id) || id < 1) {
      throw new PerchError(
        newProblem('not-found', sentence('panel.no-schedule-id'), sentence('panel.load-schedules')),
      );
    }
  }
  return serverPath(identifier, `/schedules/${schedule}${rest}${task === undefined ? '' : `/${task}`}`);
}

/** Every field, because the panel takes a flag that is left out for false. */
function scheduleBody({ name, cron, isActive, onlyWhenOnline }: ScheduleFields) {
  return {
    name,
    is_active: isActive,
    only_when_online: onlyWhenOnline,
    minute: cron.minute,
    hour: cron.hour,
    day_of_month: cron.dayOfMonth,
    month: cron.month,
    day_of_week: cron.dayOfWeek,
  };
}

function taskBody({ action, payload, offsetSeconds, continuesAfterFailure, place }: TaskFields) {
  return {
    action,
    payload,
    time_offset: offsetSeconds,
    continue_on_failure: continuesAfterFailure,
    ...(place === undefined ? {} : { sequence_id: place }),
  };
}

const change = {
  permission: 'schedule.update',
  subject: 'schedule',
  unsure: sentence('panel.maybe-schedule'),
} as const;

/** Calls with a method of the same name and arguments on `PanelApi`. */
export const scheduleRequests = {
  /** All schedules with their tasks. */
  schedules: (identifier: string) =>
    read(serverPath(identifier, '/schedules'), sentence('panel.what.schedules'), schedulesAnswer, {
      subject: 'server',
      permission: 'schedule.read',
    }),

  schedule: (identifier: string, schedule: number) =>
    read(schedulePath(identifier, schedule), sentence('panel.what.schedule'), scheduleItem, {
      subject: 'schedule',
      permission: 'schedule.read',
    }),

  /** Newer panels create two a minute and server. */
  createSchedule: (identifier: string, fields: ScheduleFields) =>
    write('POST', serverPath(identifier, '/schedules'), {
      body: scheduleBody(fields),
      what: sentence('panel.what.schedule-create'),
      permission: 'schedule.create',
      unsure: sentence('panel.maybe-schedule'),
      throttled: 'schedule-throttled',
      hasOwnLimit: true,
      answer: scheduleItem,
    }),

  changeSchedule: (identifier: string, schedule: number, fields: ScheduleFields) =>
    write('POST', schedulePath(identifier, schedule), {
      ...change,
      body: scheduleBody(fields),
      what: sentence('panel.what.schedule-change'),
      answer: scheduleItem,
    }),

  deleteSchedule: (identifier: string, schedule: number) =>
    write('DELETE', schedulePath(identifier, schedule), {
      ...change,
      what: sentence('panel.what.schedule-delete'),
      permission: 'schedule.delete',
    }),

  /** Runs the first task at once, and the others in the panel's queue. Success does not prove an effect. */
  runSchedule: (identifier: string, schedule: number) =>
    write('POST', schedulePath(identifier, schedule, '/execute'), {
      ...change,
      what: sentence('panel.what.schedule-run'),
      usesNode: true,
    }),

  addTask: (identifier: string, schedule: number, fields: TaskFields) =>
    write('POST', schedulePath(identifier, schedule, '/tasks'), {
      ...change,
      body: taskBody(fields),
      what: sentence('panel.what.task-add'),
      answer: taskItem,
    }),

  changeTask: (
    identifier: string,
    { schedule, task }: { schedule: number; task: number },
    fields: TaskFields,
  ) =>
    write('POST', schedulePath(identifier, schedule, '/tasks', task), {
      ...change,
      body: taskBody(fields),
      what: sentence('panel.what.task-change'),
      answer: taskItem,
    }),

  deleteTask: (identifier: string, { schedule, task }: { schedule: number; task: number }) =>
    write('DELETE', schedulePath(identifier, schedule, '/tasks', task), {
      ...change,
      what: sentence('panel.what.task-delete'),
    }),
};
