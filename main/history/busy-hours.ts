/** Peak of players, and the hour of the week with most of them. Pure. */
import type { CallOutput } from '../../bridge/schema/contract.js';
import type { UsageSample } from '../../bridge/schema/history.js';

type PlayersWeek = CallOutput<'players.week'>;

/** Samples of one hour of the week. */
interface Hour {
  readonly weekday: number;
  readonly hour: number;
  sum: number;
  count: number;
  /** Days on which the hour was measured. */
  readonly days: Set<string>;
}

/**
 * Peak and busiest hour of samples with wall-clock times, in local time; an hour that comes twice at the end of DST
 * counts as one hour. An hour that was measured on less than half as many days as another hour does not count, because
 * a single evening is no habit. Of equal hours the first of the week is the busiest.
 */
export function playersWeek(samples: readonly UsageSample[]): PlayersWeek {
  let peak: PlayersWeek['peak'] = null;
  const hours = new Map<number, Hour>();
  for (const { at, players, high } of samples) {
    if (players === null) continue;
    const most = Math.round(high.players ?? players);
    if (most > (peak?.count ?? 0)) peak = { count: most, at };
    const local = new Date(at);
    const [weekday, hour] = [local.getDay(), local.getHours()];
    const place = weekday * 24 + hour;
    const one = hours.get(place) ?? { weekday, hour, sum: 0, count: 0, days: new Set() };
    hours.set(place, one);
    one.sum += players;
    one.count += 1;
    one.days.add(local.toDateString());
  }
  return { peak, best: busiest([...hours.values()]) };
}

function busiest(hours: readonly Hour[]): PlayersWeek['best'] {
  const mostDays = Math.max(0, ...hours.map(({ days }) => days.size));
  let best: PlayersWeek['best'] = null;
  for (const { weekday, hour, sum, count, days } of hours.toSorted(byTime)) {
    const mean = sum / count;
    if (days.size * 2 >= mostDays && mean > (best?.mean ?? 0)) best = { weekday, hour, mean };
  }
  return best;
}

function byTime(one: Hour, other: Hour): number {
  return one.weekday - other.weekday || one.hour - other.hour;
}
