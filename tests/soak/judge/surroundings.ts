/** What was around a time of a server, so that something may rightly have been missed or told later. */
import type { ServerRecord, Transcript } from '../transcript.js';

/** A wire that is cut is noticed after this time, and until then looks alive. */
export const unnoticedMs = 45_000;

/** Its row was live from a little before until the end of it. */
export function isLiveThrough({ shown }: ServerRecord, from: number, to: number): boolean {
  const first = shown.findLastIndex((one) => one.at <= from - 2000);
  if (first < 0) return false;
  return shown.slice(first).every((one) => one.at > to || one.link === 'live');
}

/** Something was wrong there, or the computer slept, or the history ends before. */
export function isDisturbed(
  from: number,
  to: number,
  { panel, node }: Pick<ServerRecord, 'panel' | 'node'>,
  { troubles, sleeps, ms }: Transcript,
): boolean {
  if (to > ms) return true;
  const touches = (one: { from: number; to: number }): boolean =>
    one.from <= to && one.to + unnoticedMs >= from;
  if (sleeps.some(touches)) return true;
  return troubles.some(
    (one) => touches(one) && (one.where === null || one.where === panel || one.where === node),
  );
}

/** Nobody closed, installed or moved it in that time. */
export function isNormalThrough({ conditions, listed }: ServerRecord, from: number, to: number): boolean {
  const isChanged = conditions.spans.some(({ at }) => at > from && at <= to);
  return !isChanged && conditions.at(from) === 'normal' && listed.at(from) && listed.at(to);
}
