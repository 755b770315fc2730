import type { Schedule, ScheduleTask, TaskFields } from '../../bridge/schema/schedules.js';
import type { PanelApi } from '../../main/panel/api.js';
import { FakeFileCalls } from './fake-file-calls.js';

/** The part of a fake panel about schedules, which all servers share; runs do nothing. */
export abstract class FakeScheduleCalls extends FakeFileCalls {
  planned: Schedule[] = [];
  #lastId = 0;

  schedules: PanelApi['schedules'] = (identifier) =>
    this.answered(`schedules ${identifier}`, () => this.planned);
  schedule: PanelApi['schedule'] = (identifier, schedule) =>
    this.answered(`schedule ${identifier} ${schedule}`, () => this.#planned(schedule));
  createSchedule: PanelApi['createSchedule'] = (identifier, fields) =>
    this.answered(`createSchedule ${identifier} ${fields.name}`, () => {
      const never = { lastEndedAt: null, nextRunAt: null, offsetMinutes: null };
      const made = { ...fields, ...never, id: this.#nextId(), isProcessing: false, tasks: [] };
      this.planned.push(made);
      return made;
    });
  changeSchedule: PanelApi['changeSchedule'] = (identifier, schedule, fields) =>
    this.answered(`changeSchedule ${identifier} ${schedule}`, () => this.#replace(schedule, fields));
  deleteSchedule: PanelApi['deleteSchedule'] = (identifier, schedule) =>
    this.answered(`deleteSchedule ${identifier} ${schedule}`, () => {
      this.planned = this.planned.filter(({ id }) => id !== schedule);
    });
  runSchedule: PanelApi['runSchedule'] = (identifier, schedule) =>
    this.answered(`runSchedule ${identifier} ${schedule}`, () => undefined);

  addTask: PanelApi['addTask'] = (identifier, schedule, fields) =>
    this.answered(`addTask ${identifier} ${schedule}`, () => {
      const { tasks } = this.#planned(schedule);
      const made = taskOf(fields, this.#nextId(), tasks.length + 1);
      this.#replace(schedule, { tasks: placed(tasks.toSpliced(made.place - 1, 0, made)) });
      return made;
    });
  changeTask: PanelApi['changeTask'] = (identifier, { schedule, task }, fields) =>
    this.answered(`changeTask ${identifier} ${schedule} ${task}`, () => {
      const { tasks } = this.#planned(schedule);
      const before = tasks.find(({ id }) => id === task);
      const changed = taskOf(fields, task, before?.place ?? 1);
      this.#replace(schedule, { tasks: tasks.map((each) => (each.id === task ? changed : each)) });
      return changed;
    });
  deleteTask: PanelApi['deleteTask'] = (identifier, { schedule, task }) =>
    this.answered(`deleteTask ${identifier} ${schedule} ${task}`, () => {
      const { tasks } = this.#planned(schedule);
      this.#replace(schedule, { tasks: placed(tasks.filter(({ id }) => id !== task)) });
    });

  #planned(schedule: number): Schedule {
    const found = this.planned.find(({ id }) => id === schedule);
    if (found === undefined) throw new Error(`The fake panel has no schedule ${schedule}.`);
    return found;
  }

  #replace(schedule: number, fields: Partial<Schedule>): Schedule {
    const changed = { ...this.#planned(schedule), ...fields };
    this.planned = this.planned.map((each) => (each.id === schedule ? changed : each));
    return changed;
  }

  #nextId(): number {
    this.#lastId += 1;
    return this.#lastId;
  }
}

function taskOf({ place, ...fields }: TaskFields, id: number, otherwise: number): ScheduleTask {
  return { ...fields, id, place: place ?? otherwise, isQueued: false };
}

function placed(tasks: readonly ScheduleTask[]): ScheduleTask[] {
  return tasks.map((task, at) => ({ ...task, place: at + 1 }));
}
