/** Live coverage in an account's row, from the plan of its servers. Pure. */
import type { Account } from '../../../bridge/schema/domain.js';
import type { WatchBudget } from '../plan/places.js';
import type { WatchPlan } from '../plan/watch-plan.js';

/** The limit that keeps servers from being live, and the length of a poll round. */
export type ShownCoverage = Pick<Account, 'heldBack' | 'roundMs'>;

export function shownCoverage(plan: WatchPlan, budget: WatchBudget): ShownCoverage {
  return { ...heldBackOf(plan, budget), ...roundOf(plan) };
}

function heldBackOf({ places }: WatchPlan, { rateLimit, cap }: WatchBudget): Pick<Account, 'heldBack'> {
  const { heldBackBy: by, opened } = places;
  if (by === null) return {};
  return {
    heldBack: { by, places: by === 'setting' ? (cap ?? opened) : opened, callsPerMinute: rateLimit },
  };
}

/** Rounded to 30 s, so that an additional server does not change the account's row. */
function roundOf({ polled, fallback, paces }: WatchPlan): Pick<Account, 'roundMs'> {
  const roundMs = Math.ceil(paces.restMs / 30_000) * 30_000;
  return polled.length + fallback.length === 0 || roundMs <= 60_000 ? {} : { roundMs };
}
