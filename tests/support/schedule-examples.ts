import { fieldsOf, taskFieldsOf } from '../../bridge/schedules/fields.js';
import { aSchedule, aTask } from './some-schedules.js';

const server = { serverId: 'account:abc' };
const schedule = { ...server, schedule: 1 };
const fields = fieldsOf(aSchedule());
const task = taskFieldsOf(aTask());
const onlySchedule = { takes: schedule, refuses: [server, { ...schedule, schedule: '../1' }] };

/** Inputs of the calls about schedules: accepted and refused. */
export const scheduleExamples = {
  'schedules.list': { takes: server, refuses: [undefined, {}, { serverId: '' }] },
  'schedules.view': onlySchedule,
  'schedules.save': {
    takes: { ...server, schedule: null, fields, replaces: null },
    refuses: [
      { ...server, schedule: 0, fields, replaces: null },
      { ...server, schedule: 1, fields },
      { ...server, schedule: 1, fields: { ...fields, name: '' }, replaces: fields },
    ],
  },
  'schedules.saveWhole': {
    takes: { ...schedule, fields, tasks: [task], replaces: { fields, tasks: [task] } },
    refuses: [
      { ...schedule, fields, tasks: [task], replaces: null },
      { ...server, schedule: null, fields, tasks: [task], replaces: { fields, tasks: [] } },
      { ...server, schedule: null, fields, tasks: [{ ...task, offsetSeconds: 901 }], replaces: null },
    ],
  },
  'schedules.export': {
    takes: { ...server, schedules: [{ fields, tasks: [task] }] },
    refuses: [
      { ...server, schedules: [] },
      { ...server, schedules: [{ fields }] },
      { schedules: [{ fields, tasks: [] }] },
    ],
  },
  'schedules.chooseImport': { takes: undefined, refuses: [null, {}] },
  'schedules.setActive': {
    takes: { ...schedule, isActive: false },
    refuses: [schedule, { ...schedule, isActive: 'no' }],
  },
  'schedules.remove': onlySchedule,
  'schedules.run': { takes: { ...schedule, again: false }, refuses: [schedule, { ...server, again: true }] },
  'schedules.saveTask': {
    takes: { ...schedule, task: null, fields: task, replaces: null },
    refuses: [
      { ...schedule, task: 0, fields: task, replaces: null },
      { ...schedule, task: 1, fields: { ...task, offsetSeconds: 901 }, replaces: task },
    ],
  },
  'schedules.removeTask': {
    takes: { ...schedule, task: 3 },
    refuses: [schedule, { ...schedule, task: 1.5 }],
  },
};
