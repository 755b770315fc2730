/** Decides since when a trigger that lasts is surely true, and when that is a cause (RULES "Causes"). Pure. */
import { judge, type Judgement } from '../../bridge/rules/judge.js';
import { oldest } from '../../bridge/rules/rule-limits.js';
import type { RuleCondition, RuleTrigger } from '../../bridge/schema/rule-parts.js';
import type { SeenValue } from '../../bridge/schema/rule-runs.js';
import type { RunMoment } from './run-state.js';

/** Longest time in ms between two looks of one stretch. A longer gap, such as a sleep, restarts the time. */
const mostGapMs = oldest.players;

export interface HeldState {
  /** Begin of the stretch in which the trigger is true; null = not true now, or unknown. */
  readonly since: number | null;
  readonly lookedAt: number;
  /** Time of the oldest number of players that the last look used; null = it used none. */
  readonly countedAt: number | null;
  /**
   * Time at which this truth was a cause; null = not yet. Only a known "false" resets this: if a restart does not help,
   * no second restart may follow. With `throughout` only a new process resets this: each process gets one signal, also
   * if somebody joins before it ends.
   */
  readonly firedAt: number | null;
}

export const notHeld: HeldState = { since: null, lookedAt: -Infinity, countedAt: null, firedAt: null };

/** Largest error in ms of the start of a process: panels keep figures for that long (PROTOCOL 2.3). */
const startErrorMs = 20_000;

export interface HeldCheck {
  readonly held: HeldState;
  /** The value that was seen; null = no cause now. */
  readonly met: SeenValue | null;
  /** Result of the look. */
  readonly judgement: Judgement | null;
}

/** `trigger`: of a kind that lasts; every other kind is never true. `mayFire` is asked once the time is over. */
export function checkHeld(
  before: HeldState,
  trigger: RuleTrigger,
  moment: RunMoment,
  serverId: string,
  mayFire: () => boolean = () => true,
): HeldCheck {
  const lasting = lastingOf(trigger);
  if (lasting === null) return { held: before, met: null, judgement: null };
  const judgement = judge(lasting.condition, moment, serverId);
  const { verdict, seen } = judgement;
  const startedAt = moment.server(serverId)?.startedAt ?? null;
  const isOfProcess = (time: number | null): boolean =>
    time !== null && (startedAt === null || startedAt <= time + startErrorMs);
  const isRestarted = lasting.throughout === true && !isOfProcess(before.firedAt);
  const firedAt = isRestarted ? null : before.firedAt;
  if (verdict !== true) {
    const isOver = verdict === false && lasting.throughout !== true;
    return { held: notTrue(before, isOver ? null : firedAt), met: null, judgement };
  }
  const lookedAt = moment.now;
  const countedAt = countedAtOf(seen, lookedAt);
  const isGap =
    lookedAt - before.lookedAt > mostGapMs ||
    (countedAt !== null && before.countedAt !== null && countedAt - before.countedAt > mostGapMs);
  const since = isGap || !isOfProcess(before.since) ? lookedAt : (before.since ?? lookedAt);
  const isMet = firedAt === null && lookedAt - since >= lasting.forMs && mayFire();
  const met = isMet ? (seen[0] ?? null) : null;
  return { held: { since, lookedAt, countedAt, firedAt: isMet ? lookedAt : firedAt }, met, judgement };
}

/** A server without a lasting state has no entry, so a rule for a thousand servers stays small. */
function notTrue(before: HeldState, firedAt: number | null): HeldState {
  if (firedAt === null) return notHeld;
  return before.since === null && before.firedAt === firedAt ? before : { ...notHeld, firedAt };
}

/** When the trigger is a cause if nothing changes; null = it is not true, or has been a cause. */
export function heldDue({ since, firedAt }: HeldState, trigger: RuleTrigger): number | null {
  const lasting = lastingOf(trigger);
  return since === null || firedAt !== null || lasting === null ? null : since + lasting.forMs;
}

/** Somebody may have come and left between two numbers that are too far apart, however often Perch looked. */
function countedAtOf(seen: readonly SeenValue[], lookedAt: number): number | null {
  const ages = seen.flatMap(({ of, ageMs }) => (of === 'players' && ageMs !== null ? [ageMs] : []));
  return ages.length === 0 ? null : lookedAt - Math.max(...ages);
}

interface Lasting {
  readonly condition: RuleCondition;
  readonly forMs: number;
  readonly throughout?: true | undefined;
}

/** The condition of such a trigger. */
function lastingOf(trigger: RuleTrigger): Lasting | null {
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
