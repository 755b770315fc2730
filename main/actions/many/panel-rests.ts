import type { Problem } from '../../../bridge/errors.js';

/** A panel that asks for a pause is asked again no sooner than this, and after that where it names no time. */
const restMs = { least: 1000, unnamed: 60_000 };

/** Which panels have asked for a pause, by account, and for how long they are left alone. */
export class PanelRests {
  readonly #until = new Map<string, number>();

  /** The panel of this account has refused with `rate-limited`. */
  begin(accountId: string, { retryAt }: Problem, now: number): void {
    this.#until.set(accountId, Math.max(now + restMs.least, retryAt ?? now + restMs.unnamed));
  }

  /** The panel is asked again: from here on its answer counts, not what it asked for before. */
  end(accountId: string): void {
    this.#until.delete(accountId);
  }

  clear(): void {
    this.#until.clear();
  }

  /** Account -> when its panel may be asked again. */
  get until(): ReadonlyMap<string, number> {
    return this.#until;
  }
}
