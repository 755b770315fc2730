/**
 * The last state of a server before its node was lost, for "ran before" (RULES "What is known"). Pure.
 *
 * Lost = nothing was known about the server for longer than a state may be old. Perch forgets this at its end, so that a
 * server whose node was away while Perch was closed counts as unknown.
 */
import type { PowerState } from '../../bridge/schema/domain.js';
import type { Reading } from '../../bridge/rules/rule-facts.js';
import { oldest, ruleLimits } from '../../bridge/rules/rule-limits.js';

export interface PowerBefore {
  /** The newest state. */
  readonly last: Reading<PowerState> | null;
  /** The state before the last gap, and when the gap ended; null = no gap. */
  readonly gap: { readonly before: Reading<PowerState>; readonly endedAt: number } | null;
}

export const nothingBefore: PowerBefore = { last: null, gap: null };

/** After a state was seen. */
export function withPower(past: PowerBefore, power: Reading<PowerState>): PowerBefore {
  const { last } = past;
  if (last !== null && power.seenAt <= last.seenAt) return past;
  if (last === null || power.seenAt - last.seenAt <= oldest.power) return { ...past, last: power };
  return { last: power, gap: { before: last, endedAt: power.seenAt } };
}

/** null = no gap, or a gap that ended long ago. */
export function powerBefore({ last, gap }: PowerBefore, now: number): Reading<PowerState> | null {
  if (last !== null && now - last.seenAt > oldest.power) return last;
  return gap !== null && now - gap.endedAt <= ruleLimits.ranBeforeMs ? gap.before : null;
}
