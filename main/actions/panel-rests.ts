import type { Problem } from '../../bridge/errors.js';

/** A panel that asks for a pause is asked again no sooner than this, and after that where it names no time. */
const restMs = { least: 1000, unnamed: 60_000 };

/** Which panels have asked for a pause, by account, and for how long they are left alone. */
export class PanelRests {
  readonly #rests = new Map<string, { until: number; readonly ms: number }>();

  /** The panel of this account has refused with `rate-limited`. */
  begin(accountId: string, { retryAt }: Problem, now: number): void {
    const until = Math.max(now + restMs.least, retryAt ?? now + restMs.unnamed);
    this.#rests.set(accountId, { until, ms: until - now });
  }

  /** The panel is asked again: from here on its answer counts, not what it asked for before. */
  end(accountId: string): void {
    this.#rests.delete(accountId);
  }

  clear(): void {
    this.#rests.clear();
  }

  /** Account -> when its panel may be asked again. No pause gets longer when the clock is set back. */
  until(now: number): ReadonlyMap<string, number> {
    for (const rest of this.#rests.values()) rest.until = Math.min(rest.until, now + rest.ms);
    return new Map([...this.#rests].map(([accountId, { until }]) => [accountId, until]));
  }
}
