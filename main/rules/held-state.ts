/** Decides since when a trigger that lasts is surely true, and when that is a cause (RULES "Causes"). Pure. */
import { judge } from '../../bridge/rules/judge.js';
import { oldest } from '../../bridge/rules/rule-limits.js';
import type { RuleCondition, RuleTrigger } from '../../bridge/schema/rule-parts.js';
import type { SeenValue } from '../../bridge/schema/rule-runs.js';
import type { RunMoment } from './run-state.js';

/** Longest time in ms between two looks of one stretch. A longer gap, such as a sleep, begins the time anew. */
const mostGapMs = oldest.players;

export interface Held {
  /** Begin of the stretch in which the trigger is true; null = not true now, or unknown. */
  readonly since: number | null;
  readonly lookedAt: number;
  /** Whether this truth has been a cause. Only a known "false" resets this. */
  readonly hasFired: boolean;
}

export const notHeld: Held = { since: null, lookedAt: -Infinity, hasFired: false };

const firedUnknown: Held = { ...notHeld, hasFired: true };

export interface HeldLook {
  readonly held: Held;
  /** The value that was seen; null = no cause now. */
  readonly met: SeenValue | null;
}

/** `trigger`: of a kind that lasts; every other kind is never true. */
export function lookAtHeld(
  before: Held,
  trigger: RuleTrigger,
  moment: RunMoment,
  serverId: string,
): HeldLook {
  const lasting = lastingOf(trigger);
  if (lasting === null) return { held: before, met: null };
  const { verdict, seen } = judge(lasting.condition, moment, serverId);
  const lookedAt = moment.now;
  // A server where nothing lasts leaves nothing behind, so a rule for a thousand servers stays small.
  if (verdict === 'unknown') return { held: before.hasFired ? firedUnknown : notHeld, met: null };
  if (!verdict) return { held: notHeld, met: null };
  const isGap = lookedAt - before.lookedAt > mostGapMs;
  const since = before.since === null || isGap ? lookedAt : before.since;
  const isMet = !before.hasFired && lookedAt - since >= lasting.forMs;
  const met = isMet ? (seen[0] ?? null) : null;
  return { held: { since, lookedAt, hasFired: before.hasFired || isMet }, met };
}

/** The condition that such a trigger is. */
function lastingOf(trigger: RuleTrigger): { condition: RuleCondition; forMs: number } | null {
  switch (trigger.kind) {
    case 'state':
      return { condition: { kind: 'state', on: null, is: [trigger.state] }, forMs: trigger.forMs };
    case 'figure': {
      const { of, above } = trigger;
      // "Above" is strict: a figure that stands at the number is not above it.
      const atMost = { kind: 'figure', on: null, of, atLeast: null, atMost: above } as const;
      return { condition: { kind: 'not', part: atMost }, forMs: trigger.forMs };
    }
    case 'holds':
      return trigger;
    default:
      return null;
  }
}
