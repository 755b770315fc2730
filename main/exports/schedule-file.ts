/**
 * Format, writer and reader of a file of schedules. The reader expects files that anybody may have made.
 *
 * The file names no panel and no server, so it fits any server.
 */
import * as z from 'zod';
import { PerchError, newProblem } from '../../bridge/errors.js';
import {
  wholeScheduleSchema,
  type ImportedSchedules,
  type SeenWhole,
} from '../../bridge/schema/schedules.js';
import { sentence } from '../../messages/messages.js';
import { parseJson } from '../base/json.js';
import { fromPelican } from './pelican-schedule.js';

/** Raised with each change that an older Perch would read wrongly. */
const version = 1;
/** Tasks of all schedules of a file. A window shows each of them before the import. */
const mostTasks = 2000;

const headSchema = z.object({ perch: z.literal('schedules'), version: z.number().int().positive() });
const bodySchema = z.object({ schedules: z.array(z.unknown()).max(1000) });

export function scheduleFileText(schedules: readonly SeenWhole[]): string {
  return `${JSON.stringify({ perch: 'schedules', version, schedules }, null, 2)}\n`;
}

/** Reads a file of Perch or of Pelican's page. Throws `PerchError` for an unusable file. */
export function readScheduleFile(text: string): ImportedSchedules {
  const json = parseJson(text);
  if (json === undefined) throw refused('damaged');
  const pelican = fromPelican(json);
  if (pelican !== null) return judged([pelican]);
  const head = headSchema.safeParse(json);
  if (!head.success) throw refused('no-schedules');
  if (head.data.version > version) throw refused('newer');
  const body = bodySchema.safeParse(json);
  if (!body.success) throw refused('damaged');
  return judged(body.data.schedules);
}

/** The schedules that a panel could take, and how many are left out. */
function judged(items: readonly unknown[]): ImportedSchedules {
  let tasks = 0;
  const schedules = items.flatMap((item) => {
    const { data } = wholeScheduleSchema.safeParse(item);
    if (data === undefined) return [];
    tasks += data.tasks.length;
    return tasks > mostTasks ? [] : [data];
  });
  return { schedules, leftOut: items.length - schedules.length };
}

function refused(why: 'damaged' | 'no-schedules' | 'newer'): PerchError {
  return new PerchError(newProblem('invalid', sentence(`exports.${why}`)));
}
