/** Circumstances around a time of a server that excuse missed or late reports. */
import type { ServerRecord, Transcript } from '../transcript.js';

/** Time until a cut connection is noticed; until then it looks alive. */
export const unnoticedMs = 45_000;

/** Whether the row was live from shortly before the period until its end. */
export function isLiveThrough({ shown }: ServerRecord, from: number, to: number): boolean {
  const first = shown.findLastIndex((one) => one.at <= from - 2000);
  if (first < 0) return false;
  return shown.slice(first).every((one) => one.at > to || one.link === 'live');
}

/** Whether there was trouble or sleep, or the history ends before the period does. */
export function isDisturbed(
  from: number,
  to: number,
  { panel, node }: Pick<ServerRecord, 'panel' | 'node'>,
  transcript: Transcript,
): boolean {
  return disturbanceOf(from, to, { panel, node }, transcript) !== null;
}

/** As `isDisturbed`, with the name of the trouble; null = none. */
export function disturbanceOf(
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

/** Whether the server was not suspended, installed or transferred in that period. */
export function isNormalThrough({ conditions, listed }: ServerRecord, from: number, to: number): boolean {
  const isChanged = conditions.spans.some(({ at }) => at > from && at <= to);
  return !isChanged && conditions.at(from) === 'normal' && listed.at(from) && listed.at(to);
}
