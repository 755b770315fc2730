/** Where something planned runs, in words: on the panel, or in Perch on this computer (RULES "Where it runs"). */
import { dateOf, dayStart, minuteTime } from '../../bridge/text/time-of-day.js';
import { say } from '../../messages/messages.js';

/** When Perch last ran at a time of day, given in minutes since local midnight. `awakeHours` as in the memory. */
export function awakeWords(awakeHours: readonly number[], minute: number, wall: number): string {
  const time = minuteTime(dayStart(wall) + minute * 60_000);
  const at = awakeHours[Math.floor(minute / 60)] ?? 0;
  if (at === 0) return say('runs-where.never-awake', { time });
  if (at >= dayStart(wall)) return say('runs-where.awake-today', { time });
  if (at >= dayStart(wall, 1)) return say('runs-where.awake-yesterday', { time });
  return say('runs-where.awake-day', { time, date: dateOf(at) });
}
