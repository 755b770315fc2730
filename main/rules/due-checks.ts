/** When triggers that last are causes if nothing changes, so that a rule begins on time and not at the next look of all. */
import { Alarm } from '../base/alarm.js';
import type { Clock } from '../base/ports.js';
import { heldDue } from './held-state.js';
import type { RuleState } from './rule-state.js';

/** Time in ms between two looks at a trigger that is due: it waits for the condition of its rule, which changes without a sign. */
const againMs = 10_000;
/** Longest time in ms that the alarm is set to. */
const mostMs = 110_000;

export class DueChecks {
  readonly #due = new Map<string, number>();
  readonly #alarm: Alarm;

  constructor(
    private readonly clock: Clock,
    private readonly look: (ruleId: string) => void,
  ) {
    this.#alarm = new Alarm(clock);
  }

  /** Call after each look at a rule, then `arm`. */
  note(ruleId: string, state: RuleState | undefined): void {
    const times = Object.values(state?.lanes ?? {}).flatMap(({ held }) => {
      const due = state === undefined ? null : heldDue(held, state.rule.trigger);
      return due === null ? [] : [due];
    });
    if (times.length === 0) this.#due.delete(ruleId);
    else this.#due.set(ruleId, Math.min(...times));
  }

  arm(): void {
    if (this.#due.size === 0) return this.#alarm.clear();
    const ms = Math.min(...this.#due.values()) - this.clock.now();
    this.#alarm.set(ms > 0 ? Math.min(ms, mostMs) : againMs, () => {
      for (const [ruleId, at] of this.#due) if (at <= this.clock.now()) this.look(ruleId);
      this.arm();
    });
  }

  /** Forgets all rules. */
  clear(): void {
    this.#due.clear();
    this.#alarm.clear();
  }
}
