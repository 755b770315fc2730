/** Words for a comparison: the differences of a schedule on another server, and why Perch does not know them. */
import { oneLine } from '../../../../bridge/console/plain-line.js';
import { closedWords } from '../../../../bridge/panel/permission-words.js';
import type { Comparison, Difference } from '../../../../bridge/schedules/compare-schedules.js';
import { cronText } from '../../../../bridge/schedules/fields.js';
import { keptSchedules } from '../../../../bridge/schedules/fleet-limits.js';
import type { Server } from '../../../../bridge/schema/domain.js';
import type { Schedule } from '../../../../bridge/schema/schedules.js';
import { say } from '../../../../messages/messages.js';
import { offsetWords, readRefusal, taskWords, whenWords } from './schedule-words.js';

/** A line for each difference, or one that says how far the comparison goes. `wanted` = time of the compared schedule. */
export function comparisonLines(comparison: Comparison, wanted: Schedule['cron']): readonly string[] {
  const { kind } = comparison;
  if (kind === 'differs') return comparison.differences.map((one) => differenceWords(one, wanted));
  if (kind === 'unkept') return [say('schedules.compare-unkept', { count: keptSchedules.ofServer })];
  if (kind === 'missing' || comparison.isWhole) return [];
  return [say('schedules.compare-cut', { tasks: keptSchedules.tasks })];
}

/** Why Perch does not know the schedules of a server. */
export function unreadWords(server: Server): string {
  return closedWords(server) ?? readRefusal(server) ?? say('schedules.compare-unread');
}

function differenceWords(difference: Difference, wanted: Schedule['cron']): string {
  switch (difference.kind) {
    case 'name':
      return say('schedules.compare-name', { name: oneLine(difference.name, 120) });
    case 'several':
      return say('schedules.compare-several', { count: difference.count });
    case 'active':
      return say(difference.isActive ? 'schedules.compare-on' : 'schedules.compare-off');
    case 'cron':
      return timeWords(difference.cron, wanted);
    case 'online':
      return say(difference.onlyWhenOnline ? 'schedules.only-online' : 'schedules.compare-any-time');
    case 'task':
      return say('schedules.compare-task', { place: difference.place, what: changedWords(difference) });
    case 'task-more':
    case 'task-lacks':
      return say(`schedules.compare-${difference.kind}`, {
        place: difference.place,
        what: taskWords(difference.task),
      });
  }
}

/** Two texts of cron can have the same words; then only the texts tell them apart. */
function timeWords(cron: Schedule['cron'], wanted: Schedule['cron']): string {
  const words = whenWords(cron);
  return words === whenWords(wanted)
    ? say('schedules.unsaid', { cron: oneLine(cronText(cron), 120) })
    : words;
}

/** The differences of a task. */
function changedWords({ task, wanted, place }: Extract<Difference, { kind: 'task' }>): string {
  const isOther = task.action !== wanted.action || task.payload !== wanted.payload;
  const parts = [
    ...(isOther ? [taskWords(task)] : []),
    ...(task.offsetSeconds === wanted.offsetSeconds
      ? []
      : [offsetWords({ offsetSeconds: task.offsetSeconds, place })]),
    ...(task.continuesAfterFailure === wanted.continuesAfterFailure
      ? []
      : [say(task.continuesAfterFailure ? 'schedules.goes-on' : 'schedules.compare-ends')]),
  ];
  return parts.join(' · ');
}
