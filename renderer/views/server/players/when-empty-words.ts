/** Sentences about the action of Perch once nobody is on a server. */
import type { EmptyWatch, EmptyWish } from '../../../../bridge/schema/when-empty.js';
import { duration } from '../../../../bridge/text/duration.js';
import { timeOrDay } from '../../../../bridge/text/time-of-day.js';
import { say, spoken } from '../../../../messages/messages.js';

/** The choices of the form; `once` and `restart` differ in how often they restart. */
export const emptyChoices = ['nothing', 'stop', 'once', 'restart'] as const;
export type EmptyChoice = (typeof emptyChoices)[number];

export function choiceOfWish(wish: EmptyWish | undefined): EmptyChoice {
  if (wish === undefined) return 'nothing';
  if (wish.does === 'stop') return 'stop';
  return wish.everyHours === null ? 'once' : 'restart';
}

/** The next step and its time. `wallOf` converts main's time; `wall` = current wall-clock time. */
export function emptyTitle(
  { does, minutes }: EmptyWish,
  watch: Pick<EmptyWatch, 'phase' | 'at'>,
  { wallOf, wall }: { readonly wallOf: (at: number) => number; readonly wall: number },
): string {
  const time = duration(minutes * 60_000);
  if (watch.phase === 'asks') return say('when-empty.asks');
  if (watch.phase === 'sent') return say(`when-empty.sent-${does}`, { time });
  if (watch.at === null) return say(`when-empty.wish-${does}`, { time });
  return say(`when-empty.${does}s-at`, { time: timeOrDay(wallOf(watch.at), wall) });
}

/** Why the time does not count, and the last failure; empty without either. */
export function emptyDetail({ why, problem }: Pick<EmptyWatch, 'why' | 'problem'>): string {
  const reason = why === null || why === 'blocked' ? null : say(`when-empty.why-${why}`);
  const trouble = problem === null ? null : `${spoken(problem.message)} ${spoken(problem.next)}`;
  return [trouble, reason].filter((text) => text !== null).join(' ');
}
