/**
 * Holds causes until the state of their server is known: right after the start of Perch and the return of a node nothing is
 * known, so every condition would be unknown.
 */
import { oldest } from '../../bridge/rules/rule-limits.js';
import type { RuleCause } from '../../bridge/schema/rule-runs.js';
import type { RunMoment } from './run-state.js';

export interface LateCause {
  readonly ruleId: string;
  readonly serverId: string;
  readonly cause: RuleCause;
}

/** Longest time in ms. Then the cause comes anyway, and the trace says that the state is unknown. */
export const heldMs = 5 * 60_000;

export class LateCauses {
  #held: readonly (LateCause & { readonly until: number })[] = [];

  constructor(private readonly give: (cause: LateCause) => void) {}

  get isEmpty(): boolean {
    return this.#held.length === 0;
  }

  add(causes: readonly LateCause[], moment: RunMoment): void {
    this.#held = [...this.#held, ...causes.map((one) => ({ ...one, until: moment.now + heldMs }))];
    this.look(moment);
  }

  /** Gives every cause whose server is known, or whose time is over. */
  look(moment: RunMoment): void {
    if (this.isEmpty) return;
    const isDue = ({ serverId, until }: LateCause & { readonly until: number }): boolean => {
      const seenAt = moment.server(serverId)?.power?.seenAt ?? -Infinity;
      return moment.now >= until || moment.now - seenAt <= oldest.power;
    };
    const due = this.#held.filter(isDue);
    if (due.length === 0) return;
    this.#held = this.#held.filter((one) => !due.includes(one));
    for (const { ruleId, serverId, cause } of due) this.give({ ruleId, serverId, cause });
  }
}
