import type { Problem } from '../../../bridge/errors.js';

/** Pauses of a panel in ms: the shortest, and the default if the panel names none. */
const restMs = { least: 1000, unnamed: 60_000 };

/** Panels that asked for a pause (rate limit), by account. */
export class PanelRests {
  readonly #until = new Map<string, number>();

  /** Begins a pause after `rate-limited`. */
  begin(accountId: string, { retryAt }: Problem, now: number): void {
    this.#until.set(accountId, Math.max(now + restMs.least, retryAt ?? now + restMs.unnamed));
  }

  /** Ends the pause when the panel is asked again. */
  end(accountId: string): void {
    this.#until.delete(accountId);
  }

  clear(): void {
    this.#until.clear();
  }

  /** Account -> monotonic time when its panel may be asked again. */
  get until(): ReadonlyMap<string, number> {
    return this.#until;
  }
}
