/**
 * The last minute of what each server used, as this window received it. Kept outside of Svelte's state: it
 * changes with every event and is read only where a server's newest usage has just changed anyway.
 */
import type { Usage } from '../../../bridge/schema/domain.js';

const minute = 60_000;
/** A sample this much older than the last one is not a late one: somebody has set the clock back. */
const setBackMs = 5000;

/** Bytes per second. */
export interface NetworkRate {
  readonly receive: number;
  readonly transmit: number;
}

export class UsageHistory {
  readonly #samples = new Map<string, Usage[]>();

  /** Takes a sample; one that is not newer than the last is dropped. */
  add(serverId: string, usage: Usage): void {
    const samples = this.#samples.get(serverId);
    const last = samples?.at(-1);
    const isSetBack = last !== undefined && usage.at < last.at - setBackMs;
    if (last !== undefined && usage.at <= last.at && !isSetBack) return;
    // A new start counts its traffic and time from zero: what came before belongs to another process.
    if (samples === undefined || isSetBack || (last !== undefined && usage.uptimeMs < last.uptimeMs)) {
      this.#samples.set(serverId, [usage]);
      return;
    }
    samples.push(usage);
    const fresh = samples.findIndex((sample) => sample.at >= usage.at - minute);
    if (fresh > 0) samples.splice(0, fresh);
  }

  forget(serverId: string): void {
    this.#samples.delete(serverId);
  }

  /** The servers that have samples. */
  servers(): string[] {
    return [...this.#samples.keys()];
  }

  /** Oldest first, no older than a minute before the newest; what comes later is added to this very list. */
  of(serverId: string): readonly Usage[] {
    return this.#samples.get(serverId) ?? [];
  }

  /** From the newest two samples; null where there is only one. */
  rate(serverId: string): NetworkRate | null {
    const samples = this.of(serverId);
    const last = samples.at(-1);
    const before = samples.at(-2);
    if (last === undefined || before === undefined) return null;
    const seconds = (last.at - before.at) / 1000;
    return {
      receive: Math.max(0, last.networkRxBytes - before.networkRxBytes) / seconds,
      transmit: Math.max(0, last.networkTxBytes - before.networkTxBytes) / seconds,
    };
  }
}
