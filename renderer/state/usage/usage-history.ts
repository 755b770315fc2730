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

/** Values of a sample that a sparkline draws. A minute of whole samples would take three times the memory. */
type UsagePoint = Pick<Usage, 'at' | 'cpuPercent'>;

interface Known {
  /** Oldest first. */
  readonly points: UsagePoint[];
  before: Usage | null;
  last: Usage;
}

export class UsageHistory {
  readonly #known = new Map<string, Known>();

  /** Adds a sample; drops it if it is not newer than the last one. */
  add(serverId: string, usage: Usage): void {
    const known = this.#known.get(serverId);
    const last = known?.last;
    const isSetBack = last !== undefined && usage.at < last.at - setBackMs;
    if (last !== undefined && usage.at <= last.at && !isSetBack) return;
    const point = { at: usage.at, cpuPercent: usage.cpuPercent };
    // A new process counts traffic and uptime from zero, so earlier samples do not fit any more.
    if (known === undefined || isSetBack || usage.uptimeMs < known.last.uptimeMs) {
      this.#known.set(serverId, { points: [point], before: null, last: usage });
      return;
    }
    const { points } = known;
    points.push(point);
    const fresh = points.findIndex(({ at }) => at >= usage.at - minute);
    if (fresh > 0) points.splice(0, fresh);
    known.before = points.length > 1 ? known.last : null;
    known.last = usage;
  }

  forget(serverId: string): void {
    this.#known.delete(serverId);
  }

  servers(): string[] {
    return [...this.#known.keys()];
  }

  /** Oldest first, at most one minute before the newest. Later points are added to this same array. */
  of(serverId: string): readonly UsagePoint[] {
    return this.#known.get(serverId)?.points ?? [];
  }

  /** Rate between the newest two samples; null if there are fewer in the last minute. */
  rate(serverId: string): NetworkRate | null {
    const { before = null, last } = this.#known.get(serverId) ?? {};
    if (last === undefined || before === null) return null;
    const seconds = (last.at - before.at) / 1000;
    return {
      receive: Math.max(0, last.networkRxBytes - before.networkRxBytes) / seconds,
      transmit: Math.max(0, last.networkTxBytes - before.networkTxBytes) / seconds,
    };
  }
}
