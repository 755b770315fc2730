/** Times that options of the command line take. */
import { say } from '../messages/messages.js';
import { wrong } from './parse.js';

const unitMs = { m: 60_000, h: 3_600_000, d: 86_400_000 } as const;
const ago = /^(?<count>\d{1,6})(?<unit>[mhd])$/;
const date = /^(?<day>\d{4}-\d{2}-\d{2})(?:[ T](?<time>\d{2}:\d{2}(?::\d{2})?))?$/;

/**
 * Wall-clock time in ms of `30m`, `24h` or `7d` (before `now`), or of a date of the local time zone, such as
 * `2026-11-30` or `2026-11-30 14:00`. A date alone is its first moment, or its last one with `isEnd`. null if the option
 * was not given. Throws `usage` for other texts.
 */
export function moment(
  text: string | true | undefined,
  now: number,
  { isEnd = false }: { isEnd?: boolean } = {},
): number | null {
  if (typeof text !== 'string') return null;
  const found = timeAgo(text, now) ?? timeOf(text, isEnd);
  if (found !== null) return found;
  throw wrong(say('command-line.wrong-time', { value: text }));
}

function timeAgo(text: string, now: number): number | null {
  const { count, unit } = ago.exec(text)?.groups ?? {};
  if (unit !== 'm' && unit !== 'h' && unit !== 'd') return null;
  return now - Number(count) * unitMs[unit];
}

function timeOf(text: string, isEnd: boolean): number | null {
  const { day, time } = date.exec(text)?.groups ?? {};
  if (day === undefined) return null;
  const [year = 0, month = 0, number = 0] = day.split('-').map(Number);
  const [hour = 0, minute = 0, second = 0] = (time ?? '').split(':').map(Number);
  const at = new Date(year, month - 1, number, hour, minute, second);
  // A date that does not exist, such as February 30, moves on to another one.
  const isReal = at.getMonth() === month - 1 && at.getDate() === number && hour < 24 && minute < 60;
  if (!isReal || second > 59) return null;
  if (time !== undefined || !isEnd) return at.getTime();
  return new Date(year, month - 1, number + 1).getTime() - 1;
}
