/**
 * Limits the work of one verdict.
 * Rules come from an egg, and a hostile egg may try to freeze the window. All rules of a value and all values of a
 * list therefore draw from one budget.
 */
export class Budget {
  #left: number;

  constructor(steps: number) {
    this.#left = steps;
  }

  /** Takes steps from the budget. Returns false once the budget is exceeded. */
  take(steps: number): boolean {
    this.#left -= steps;
    return this.#left >= 0;
  }
}

/** Steps for judging one value: about 30 ms on a slow machine. */
export const verdictSteps = 100_000;
/** Steps for choosing a control; each row of a list of variables does this once. */
export const controlSteps = 30_000;
/** Steps for applying one rule, without the steps of a pattern. */
export const ruleSteps = 30;
/** Steps for compiling all patterns of one rule string; one step is about one state in memory. */
export const buildSteps = 8000;
