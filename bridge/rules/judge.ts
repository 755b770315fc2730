/**
 * Judges a rule's condition as true, false or unknown, and lists each value that decided. Pure (RULES "What is known").
 *
 * Unknown stays unknown under `not`, so that missing knowledge never lets a rule act.
 */
import type { PowerState } from '../schema/domain.js';
import type { RuleCondition, RuleFigure, RuleLeaf } from '../schema/rule-parts.js';
import type { SeenValue, Verdict } from '../schema/rule-runs.js';
import type { Reading, RuleMoment, RuleServer } from './rule-facts.js';
import { oldest } from './rule-limits.js';

export interface Judgement {
  readonly verdict: Verdict;
  /** One for each leaf, in the order of the condition. */
  readonly seen: readonly SeenValue[];
}

/** `serverId` = the server of the run; null = a condition without a run, as in a form without a chosen server. */
export function judge(condition: RuleCondition, moment: RuleMoment, serverId: string | null): Judgement {
  switch (condition.kind) {
    case 'all':
    case 'any': {
      const parts = condition.parts.map((part) => judge(part, moment, serverId));
      const decides = condition.kind === 'any';
      return { verdict: joined(parts, decides), seen: parts.flatMap(({ seen }) => seen) };
    }
    case 'not': {
      const { verdict, seen } = judge(condition.part, moment, serverId);
      return { verdict: verdict === 'unknown' ? 'unknown' : !verdict, seen };
    }
    default: {
      const value = look(condition, moment, serverId);
      return { verdict: value.verdict, seen: [value] };
    }
  }
}

/** A part with the verdict `decides` decides; otherwise an unknown part makes the verdict unknown. */
function joined(parts: readonly Judgement[], decides: boolean): Verdict {
  if (parts.some(({ verdict }) => verdict === decides)) return decides;
  return parts.some(({ verdict }) => verdict === 'unknown') ? 'unknown' : !decides;
}

function look(leaf: RuleLeaf, moment: RuleMoment, runOn: string | null): SeenValue {
  switch (leaf.kind) {
    case 'state': {
      const on = leaf.on ?? runOn;
      const power = knownPower(moment, on);
      return seen(leaf.kind, on, power, moment, (state) => leaf.is.includes(state));
    }
    case 'ran-before': {
      const on = leaf.on ?? runOn;
      const reading = serverOf(moment, on)?.before ?? null;
      return seen(leaf.kind, on, { reading, isUsable: true }, moment, (state) => state === 'running');
    }
    case 'free': {
      const on = leaf.on ?? runOn;
      const server = serverOf(moment, on);
      if (server === undefined) return unknown('free', on);
      const isFree = !server.isBusy(moment.ruleId ?? null);
      return { of: 'free', on, verdict: isFree, value: isFree, source: 'perch', ageMs: 0 };
    }
    case 'figure': {
      const on = leaf.on ?? runOn;
      const figure = knownFigure(moment, on, leaf.of);
      const { atLeast, atMost } = leaf;
      return seen(
        leaf.of,
        on,
        figure,
        moment,
        (number) => number >= (atLeast ?? -Infinity) && number <= (atMost ?? Infinity),
      );
    }
    case 'hours': {
      const verdict = isInHours(leaf, moment.clock);
      return { of: 'hours', on: null, verdict, value: moment.clock.minute, source: 'clock', ageMs: 0 };
    }
    case 'unseen': {
      const { isWatched } = moment;
      if (isWatched === null) return unknown('unseen', null);
      return { of: 'unseen', on: null, verdict: !isWatched, value: !isWatched, source: 'window', ageMs: 0 };
    }
  }
}

function seen<T extends string | number>(
  of: SeenValue['of'],
  on: string | null,
  { reading, isUsable }: Known<T>,
  { now }: RuleMoment,
  holds: (value: T) => boolean,
): SeenValue {
  if (reading === null) return unknown(of, on);
  const { value, source, seenAt } = reading;
  const verdict = isUsable ? holds(value) : 'unknown';
  return { of, on, verdict, value, source, ageMs: now - seenAt };
}

function unknown(of: SeenValue['of'], on: string | null): SeenValue {
  return { of, on, verdict: 'unknown', value: null, source: null, ageMs: null };
}

/** A reading, and whether it may be used: fresh enough, and from a source that can be trusted. */
interface Known<T> {
  readonly reading: Reading<T> | null;
  readonly isUsable: boolean;
}

/** The state of a server; null = unknown, or too old to act on. */
export function usablePower(moment: RuleMoment, serverId: string): PowerState | null {
  const { reading, isUsable } = knownPower(moment, serverId);
  return reading !== null && isUsable ? reading.value : null;
}

/** The number of players of a server; null = unknown, or too old to act on. */
export function usablePlayers(moment: RuleMoment, serverId: string): Reading<number> | null {
  const { reading, isUsable } = knownFigure(moment, serverId, 'players');
  return isUsable ? reading : null;
}

function knownPower(moment: RuleMoment, on: string | null): Known<PowerState> {
  const reading = serverOf(moment, on)?.power ?? null;
  return { reading, isUsable: isFresh(reading, moment.now, oldest.power) };
}

function knownFigure(moment: RuleMoment, on: string | null, of: RuleFigure): Known<number> {
  const server = serverOf(moment, on);
  const reading = server?.figures[of] ?? null;
  if (of !== 'players') {
    const mostMs = of === 'uptime' ? oldest.uptime : oldest.usage;
    return { reading, isUsable: isFresh(reading, moment.now, mostMs) };
  }
  // A number of the panel has an unknown age, and a proxy answers "0 of 0" for a game that it cannot reach.
  const isTrusted = reading?.source !== 'panel' && server?.slots !== 0;
  return { reading, isUsable: isTrusted && isFresh(reading, moment.now, oldest.players) };
}

function serverOf(moment: RuleMoment, on: string | null): RuleServer | undefined {
  return on === null ? undefined : moment.server(on);
}

function isFresh(reading: Reading<unknown> | null, now: number, mostMs: number): boolean {
  if (reading === null) return false;
  const age = now - reading.seenAt;
  return age >= 0 && age <= mostMs;
}

type Hours = Extract<RuleLeaf, { kind: 'hours' }>;

/** Hours past midnight belong to the day on which they began. */
function isInHours({ days, from, to }: Hours, { weekday, minute }: RuleMoment['clock']): boolean {
  if (from < to) return days.includes(weekday) && minute >= from && minute < to;
  if (minute >= from) return days.includes(weekday);
  return minute < to && days.includes((weekday + 6) % 7);
}
