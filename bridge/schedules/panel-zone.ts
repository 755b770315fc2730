/**
 * The time zone in which a panel reads cron, which no call of a panel shows (PROTOCOL 2.20.5).
 *
 * Perch compares. A zone fits if each next run that the panel sent is a time of its cron on the clock of that zone.
 * Only this computer's zone and UTC are guessed, because other zones of the same offset differ at another date.
 */
import { Cron } from 'croner';
import type { Schedule } from '../schema/schedules.js';
import { cronText } from './fields.js';
import { offsetOf } from './zone-clock.js';

export type PanelZone =
  /** `isSure` = every zone that fits shows the same time for a year. */
  | { readonly kind: 'zone'; readonly zone: string; readonly isSure: boolean }
  /**
   * No guess fits, or several do; all zones that fit had this offset at the last run that the panel sent. Minutes east
   * of UTC.
   */
  | { readonly kind: 'offset'; readonly minutes: number }
  | { readonly kind: 'unknown' };

interface Evidence {
  readonly at: number;
  /** Times of the schedule on a clock without an offset. */
  readonly times: Cron;
  /** Minutes that the panel wrote; null = unknown, or contradicted by cron. */
  readonly told: number | null;
}

type Told = Pick<Schedule, 'cron' | 'nextRunAt' | 'offsetMinutes'>;

const minuteMs = 60_000;
const hourMs = 3_600_000;
const weekMs = 7 * 24 * hourMs;
/** More evidence than that repeats itself. */
const mostEvidence = 20;
/** Cron that suits more than one offset in four, such as every half hour, proves no offset. */
const fewestRefuted = 4;

/** `own` = zone of this computer (IANA name). `isUtc` = true for panels that always use UTC. */
export function panelZone(
  schedules: readonly Told[],
  { own, isUtc }: { readonly own: string; readonly isUtc: boolean },
): PanelZone {
  if (isUtc) return { kind: 'zone', zone: 'UTC', isSure: true };
  const evidence = schedules.flatMap(evidenceOf).slice(0, mostEvidence);
  const last = Math.max(...evidence.map(({ at }) => at));
  if (evidence.length === 0) return { kind: 'unknown' };
  const zones = [...new Set([own, 'UTC', ...Intl.supportedValuesOf('timeZone')])];
  const fitting = zones.filter((zone) => evidence.every((one) => fits(zone, one)));
  const offsets = offsetsAt(fitting, last);
  if (offsets.length * fewestRefuted > offsetsAt(zones, last).length) return { kind: 'unknown' };
  const guesses = [own, 'UTC'].filter((zone) => fitting.includes(zone));
  const [guess] = guesses;
  if (guess !== undefined && areEqual(guesses, last)) {
    return { kind: 'zone', zone: guess, isSure: areEqual(fitting, last) };
  }
  const [minutes] = offsets;
  return minutes !== undefined && offsets.length === 1 ? { kind: 'offset', minutes } : { kind: 'unknown' };
}

function evidenceOf({ cron, nextRunAt, offsetMinutes }: Told): Evidence[] {
  if (nextRunAt === null) return [];
  try {
    const times = new Cron(cronText(cron), { timezone: 'UTC', mode: '5-part' });
    const isTold = offsetMinutes !== null && isTime(times, nextRunAt, offsetMinutes);
    return [{ at: nextRunAt, times, told: isTold ? offsetMinutes : null }];
  } catch {
    return [];
  }
}

function isTime(times: Cron, at: number, offset: number): boolean {
  return times.match(new Date(at + offset * minuteMs));
}

function fits(zone: string, { at, times, told }: Evidence): boolean {
  const offset = offsetOf(zone, at);
  if (told !== null && offset !== told) return false;
  // When clocks change, panels move a time that the clock skips. Such a run proves nothing.
  const changes = offsetOf(zone, at - 3 * hourMs) !== offsetOf(zone, at + 3 * hourMs);
  return changes || isTime(times, at, offset);
}

function offsetsAt(zones: readonly string[], at: number): number[] {
  return [...new Set(zones.map((zone) => offsetOf(zone, at)))];
}

/** Whether the zones show the same time for a year. */
function areEqual(zones: readonly string[], from: number): boolean {
  const [first] = zones;
  if (first === undefined) return false;
  const weeks = Array.from({ length: 53 }, (_, week) => from + week * weekMs);
  return weeks.every((at) => zones.every((zone) => offsetOf(zone, at) === offsetOf(first, at)));
}
