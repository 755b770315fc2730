/** Routes about the schedules of a server and their tasks (PROTOCOL 2.20). */
import type { Server } from '../../data/world.js';
import type { PanelDialect } from '../dialect.js';
import { unknownServer } from '../errors.js';
import type { Input } from '../input.js';
import { needs, onServer, type RouteOf, type Routes } from '../route.js';
import { createSchedule, deleteSchedule, executeSchedule, updateSchedule } from './changes.js';
import { findSchedule, findTask, listSchedules, viewSchedule } from './reads.js';
import { createTask, deleteTask, updateTask } from './task-changes.js';

const all = '/api/client/servers/:server/schedules';
const one = `${all}/:schedule`;
const task = `${one}/tasks/:task`;

/**
 * Route about one schedule, or one of its tasks. An unknown schedule, and a schedule of another server, are not found.
 */
const onSchedule = (route: RouteOf<Server>) =>
  onServer({
    ...route,
    checkTarget: (world, server, params) => {
      const schedule = findSchedule(world, server, params);
      const isKnown = schedule && (params['task'] === undefined || findTask(schedule, params));
      if (!isKnown) throw unknownServer();
    },
  });

export function scheduleRoutes(dialect: PanelDialect): Routes {
  const rules = () => scheduleRules(dialect);
  const update = needs('schedule.update');
  return {
    [all]: {
      GET: onServer({ permission: needs('schedule.read'), run: listSchedules }),
      POST: onServer({
        isScheduleCreation: true,
        permission: needs('schedule.create'),
        rules,
        run: createSchedule,
      }),
    },
    [one]: {
      GET: onSchedule({ permission: needs('schedule.read'), run: viewSchedule }),
      POST: onSchedule({ permission: update, rules, run: updateSchedule }),
      DELETE: onSchedule({ permission: needs('schedule.delete'), run: deleteSchedule }),
    },
    [`${one}/execute`]: { POST: onSchedule({ permission: update, run: executeSchedule }) },
    [`${one}/tasks`]: {
      POST: onSchedule({
        permission: update,
        rules: (_, { input }) => taskRules(input, dialect),
        run: createTask,
      }),
    },
    [task]: {
      POST: onSchedule({
        permission: update,
        rules: (_, { input }) => taskRules(input, dialect),
        run: updateTask,
      }),
      DELETE: onSchedule({ run: deleteTask }),
    },
  };
}

function scheduleRules({ schedules: { nameMax, requiresMonth } }: PanelDialect): Record<string, string> {
  const cron = 'required|string';
  return {
    name: `required|string|max:${nameMax}`,
    is_active: 'filled|boolean',
    only_when_online: 'boolean',
    minute: cron,
    hour: cron,
    day_of_month: cron,
    ...(requiresMonth ? { month: cron } : {}),
    day_of_week: cron,
  };
}

/** Checks that span several fields: the validator sees one field at a time. */
function taskRules(input: Input, { schedules: { actions } }: PanelDialect): Record<string, string> {
  const excused = input['action'] === 'backup' ? '' : 'required_unless:action,backup|';
  return {
    action: `required|in:${actions.join(',')}`,
    payload: `${excused}string|nullable`,
    time_offset: 'required|numeric|min:0|max:900',
    ...('sequence_id' in input ? { sequence_id: 'required|numeric|min:1' } : {}),
    ...('continue_on_failure' in input ? { continue_on_failure: 'required|boolean' } : {}),
  };
}
