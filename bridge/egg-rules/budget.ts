/**
 * How much work one question may cost. Rules come from an egg, and an egg may have been made to hold up the window: so
 * everything that one answer needs, for all rules of a value and all values of a list, is paid from one budget.
 */
export class Budget {
  #left: number;

  constructor(steps: number) {
    this.#left = steps;
  }

  /** Pays for this many steps; false from then on where there are not that many left. */
  take(steps: number): boolean {
    this.#left -= steps;
    return this.#left >= 0;
  }
}

/** For one value: about 30 ms of a slow machine. */
export const verdictSteps = 100_000;
/** For the choice of a control, which each row of a list of variables makes once. */
export const controlSteps = 30_000;
/** What asking one rule costs, beside the steps that a pattern takes. */
export const ruleSteps = 30;
/** For making ready all patterns of one rule string: about as many states in memory. */
export const buildSteps = 8000;
