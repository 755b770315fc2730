/** Words for schedules, their tasks and the panel's clock. `wall` = current wall-clock time, ms since the epoch. */
import { oneLine } from '../../../../bridge/console/plain-line.js';
import { isGranted, lacking } from '../../../../bridge/panel/permissions.js';
import { isPelican } from '../../../../bridge/panel/panel-kind.js';
import type { Server } from '../../../../bridge/schema/domain.js';
import type { Schedule, TaskFields } from '../../../../bridge/schema/schedules.js';
import type { PanelZone } from '../../../../bridge/schedules/panel-zone.js';
import { scheduleState } from '../../../../bridge/schedules/schedule-state.js';
import { offsetOf } from '../../../../bridge/schedules/zone-clock.js';
import { cronText } from '../../../../bridge/schedules/fields.js';
import { duration } from '../../../../bridge/text/duration.js';
import { dayAndMinute, dayAndTime, timeElsewhere } from '../../../../bridge/text/time-of-day.js';
import { say, spoken } from '../../../../messages/messages.js';
import { cronWords } from './cron-words.js';

/** Most characters of a schedule's name. */
export function mostOfName(server: Pick<Server, 'naming'>): number {
  return isPelican(server) ? 255 : 191;
}

/** Why the list is not shown; null if the key may read it. */
export function readRefusal({ permissions }: Pick<Server, 'permissions'>): string | null {
  return isGranted(permissions, 'schedule.read') ? null : spoken(lacking('schedule.read'));
}

/** `At 04:00`, or cron itself where nobody can say it. */
export function whenWords(cron: Schedule['cron']): string {
  return cronWords(cron) ?? say('schedules.unsaid', { cron: oneLine(cronText(cron), 120) });
}

const localOffset = (at: number): number => -new Date(at).getTimezoneOffset();

/** Offset of the panel's clock at an instant, in minutes; null = unknown. */
function panelOffset(zone: PanelZone, at: number, told: number | null): number | null {
  if (zone.kind === 'zone') return offsetOf(zone.zone, at);
  return zone.kind === 'offset' ? zone.minutes : told;
}

/** Minutes that the clock of this computer is ahead of the panel's; null = nobody knows. */
export function aheadOfPanel(zone: PanelZone, at: number): number | null {
  const offset = panelOffset(zone, at, null);
  return offset === null ? null : localOffset(at) - offset;
}

/** `tomorrow 05:00`, and the panel's time if it differs. `told` = offset that came with `at`. */
export function runWords(at: number, zone: PanelZone, wall: number, told: number | null = null): string {
  return onBothClocks(dayAndTime(at, wall), at, panelOffset(zone, at, told));
}

/** `Fri, Dec 4, 05:00` and the panel's clock, for a list of runs. */
export function runDayWords(at: number, zone: PanelZone, wall: number): string {
  return onBothClocks(dayAndMinute(at, wall), at, panelOffset(zone, at, null));
}

function onBothClocks(time: string, at: number, offset: number | null): string {
  if (offset === null || offset === localOffset(at)) return time;
  return say('schedules.both', { time, panel: timeElsewhere(at, offset) });
}

/** When the panel runs the schedule next; null = never, or unknown. */
export function nextWords(schedule: Schedule, zone: PanelZone, wall: number): string | null {
  const { nextRunAt, offsetMinutes } = schedule;
  const state = scheduleState(schedule, wall);
  if (nextRunAt === null || state === 'off' || state === 'empty') return null;
  const time = runWords(nextRunAt, zone, wall, offsetMinutes);
  return say(nextRunAt < wall ? 'schedules.was-due' : 'schedules.next', { time });
}

/** Facts about the panel's clock. */
export function zoneWords(zone: PanelZone, wall: number): string {
  if (zone.kind === 'unknown') return say('schedules.zone-unknown');
  if (zone.kind === 'offset') return say('schedules.zone-offset', { offset: signed(zone.minutes) });
  if (offsetOf(zone.zone, wall) === localOffset(wall)) return say('schedules.zone-same');
  return say(zone.isSure ? 'schedules.zone-sure' : 'schedules.zone-likely', { zone: zone.zone });
}

/** `+05:45`. */
function signed(minutes: number): string {
  const two = (value: number): string => String(value).padStart(2, '0');
  const size = Math.abs(minutes);
  return `${minutes < 0 ? '−' : '+'}${two(Math.floor(size / 60))}:${two(size % 60)}`;
}

const signals = ['start', 'stop', 'restart', 'kill'] as const;

/** Action of a task in words, with at most `most` characters of its payload. */
export function taskWords({ action, payload }: Pick<TaskFields, 'action' | 'payload'>, most = 200): string {
  const shown = oneLine(payload.trim().replaceAll('\n', ', '), most);
  const signal = signals.find((name) => name === payload);
  if (action === 'power' && signal !== undefined) return say(`schedules.task-${signal}`);
  if (action === 'command') return say('schedules.task-command', { command: shown });
  if (action === 'delete_files') return say('schedules.task-delete_files', { paths: shown });
  if (action !== 'backup')
    return say('schedules.task-other', { action: oneLine(action, 40), payload: shown });
  return shown === '' ? say('schedules.task-backup') : say('schedules.task-backup-without', { paths: shown });
}

/** `at the beginning`, `1 min later`. */
export function offsetWords({ offsetSeconds, place }: { offsetSeconds: number; place: number }): string {
  if (offsetSeconds === 0 && place === 1) return say('schedules.at-begin');
  return say('schedules.after', { time: duration(offsetSeconds * 1000) });
}
