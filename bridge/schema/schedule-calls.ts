/** Calls about the schedules that a panel keeps of one server (PROTOCOL 2.20). */
import * as z from 'zod';
import {
  importedSchedulesSchema,
  scheduleFieldsSchema,
  scheduleSchema,
  seenFieldsSchema,
  seenTaskSchema,
  seenWholeSchema,
  taskFieldsSchema,
  wholeScheduleSchema,
} from './schedules.js';
import { problemSchema } from './problem.js';
import { serverRef } from './server-calls.js';

const idSchema = z.number().int().positive();
const scheduleRef = serverRef.extend({ schedule: idSchema });

export const scheduleContract = {
  /** All schedules with their tasks, in the panel's order. */
  'schedules.list': { input: serverRef, output: z.array(scheduleSchema).readonly() },
  'schedules.view': { input: scheduleRef, output: scheduleSchema },
  /**
   * Creates or changes a schedule; its tasks stay.
   * `replaces` = the fields that the person saw before the change; null creates a schedule. Refused with `conflict` if
   * the panel has other fields by now.
   */
  'schedules.save': {
    input: serverRef.extend({
      schedule: idSchema.nullable(),
      fields: scheduleFieldsSchema,
      replaces: seenFieldsSchema.nullable(),
    }),
    output: scheduleSchema,
  },
  /**
   * Creates or changes a schedule with all its tasks. `replaces` as above; null with `schedule` null creates.
   * `problem` = writing ended half way, and `schedule` is the panel's schedule; null = unknown. A second call with the
   * panel's schedule finishes.
   */
  'schedules.saveWhole': {
    input: z.union([
      serverRef.extend({ ...wholeScheduleSchema.shape, schedule: z.null(), replaces: z.null() }),
      scheduleRef.extend({
        ...wholeScheduleSchema.shape,
        replaces: seenWholeSchema,
      }),
    ]),
    output: z.object({
      id: z.number(),
      schedule: scheduleSchema.nullable(),
      problem: problemSchema.nullable(),
    }),
  },
  /** Asks for a file and saves these schedules of the server there; `path` null = no file chosen. */
  'schedules.export': {
    input: serverRef.extend({ schedules: z.array(seenWholeSchema).min(1).max(1000).readonly() }),
    output: z.object({ path: z.string().nullable() }),
  },
  /** Asks for a file and reads its schedules; null = no file chosen. Nothing changes on a panel. */
  'schedules.chooseImport': { input: z.void(), output: importedSchedulesSchema.nullable() },
  'schedules.setActive': { input: scheduleRef.extend({ isActive: z.boolean() }), output: scheduleSchema },
  /** Deletes the schedule and its tasks. */
  'schedules.remove': { input: scheduleRef, output: z.void() },
  /**
   * Runs a schedule now. Refused with `conflict` if the panel would take the order and do nothing.
   * `again` = the person agreed to start the tasks of a running schedule a second time; refused otherwise.
   */
  'schedules.run': { input: scheduleRef.extend({ again: z.boolean() }), output: z.void() },
  /** Adds or changes a task. `replaces` as for a schedule. Returns the schedule with all tasks. */
  'schedules.saveTask': {
    input: scheduleRef.extend({
      task: idSchema.nullable(),
      fields: taskFieldsSchema,
      replaces: seenTaskSchema.nullable(),
    }),
    output: scheduleSchema,
  },
  /** Returns the schedule with the tasks that stay. */
  'schedules.removeTask': { input: scheduleRef.extend({ task: idSchema }), output: scheduleSchema },
};
