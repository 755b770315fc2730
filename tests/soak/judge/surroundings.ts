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
  transcript: Transcript,
): boolean {
  return whatDisturbs(from, to, { panel, node }, transcript) !== null;
}

/** As `isDisturbed`, by name; null where nothing was. */
export function whatDisturbs(
  from: number,
  to: number,
  { panel, node }: Pick<ServerRecord, 'panel' | 'node'>,
  { troubles, sleeps, restarts, ms }: Transcript,
): string | null {
  if (to > ms) return 'the history ends';
  const touches = (one: { from: number; to: number }): boolean =>
    one.from <= to && one.to + unnoticedMs >= from;
  if (sleeps.some(touches)) return 'the computer sleeps';
  if (restarts.some((one) => one.from <= to && one.to >= from)) return 'Perch is restarted';
  const trouble = troubles.find(
    (one) => touches(one) && (one.where === null || one.where === panel || one.where === node),
  );
  return trouble === undefined ? null : 'a trouble';
}

/** Nobody closed, installed or moved it in that time. */
export function isNormalThrough({ conditions, listed }: ServerRecord, from: number, to: number): boolean {
  const isChanged = conditions.spans.some(({ at }) => at > from && at <= to);
  return !isChanged && conditions.at(from) === 'normal' && listed.at(from) && listed.at(to);
}
