/**
 * Usage of each server in the last minute, as this window received it.
 * Not in Svelte's state: it changes with every event, and its readers run only when the server's usage has changed
 * anyway.
 */
import type { Usage } from '../../../bridge/schema/domain.js';

const minute = 60_000;
/** A sample older than the last one by more than this means that the clock was set back (ms). */
const setBackMs = 5000;

/** Bytes per second. */
export interface NetworkRate {
  readonly receive: number;
  readonly transmit: number;
}

export class UsageHistory {
  readonly #samples = new Map<string, Usage[]>();

  /** Adds a sample; drops it if it is not newer than the last one. */
  add(serverId: string, usage: Usage): void {
    const samples = this.#samples.get(serverId);
    const last = samples?.at(-1);
    const isSetBack = last !== undefined && usage.at < last.at - setBackMs;
    if (last !== undefined && usage.at <= last.at && !isSetBack) return;
    // A new process counts traffic and uptime from zero, so earlier samples do not fit any more.
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

  servers(): string[] {
    return [...this.#samples.keys()];
  }

  /** Oldest first, at most one minute before the newest. Later samples are added to this same array. */
  of(serverId: string): readonly Usage[] {
    return this.#samples.get(serverId) ?? [];
  }

  /** Rate between the newest two samples; null if there are fewer. */
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
