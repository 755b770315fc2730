import type { Usage } from '../../../bridge/schema/domain.js';
import type { UsageSample } from '../../../bridge/schema/history.js';

/** Ms of usage that become one sample. */
const sampleMs = 5000;
/**
 * Ms without usage that make a gap. A live node reports every second, a poll comes far less often (PROTOCOL 4.5,
 * trap 8).
 */
const gapMs = { live: 15_000, polled: 180_000 };
/** Ms by which usage may be older than the last one. Beyond that, somebody set the clock back. */
const setBackMs = 5000;
/** A rarely polled server has a gap only after this many of its usual intervals. */
const paceSlack = 3;

/** The current sample. */
interface Sample {
  since: number;
  readonly cpu: Measured;
  readonly memory: Measured;
  readonly players: Measured;
  last: Usage;
  /** The usage before this sample, to compare counters with; null = none. */
  before: Usage | null;
  afterGap: boolean;
}

/** Turns one server's usage into samples. */
export class UsageSampler {
  #sample: Sample | null = null;
  #last: Usage | null = null;
  #isInterrupted = false;
  /** Usual ms between two polls. */
  #paceMs: number | null = null;

  get lastAt(): number {
    return this.#last?.at ?? -Infinity;
  }

  /** The next usage starts after a gap. Returns the finished sample. */
  interrupt(): UsageSample[] {
    this.#isInterrupted = true;
    return this.#finish();
  }

  /**
   * Adds usage and returns the samples that this finishes. Drops usage that is not newer than the last. `players` =
   * players online now; null if unknown.
   */
  add(usage: Usage, isLive: boolean, players: number | null): UsageSample[] {
    if (this.#last !== null && usage.at < this.#last.at - setBackMs) this.#beginAgain();
    const last = this.#last;
    if (last !== null && usage.at <= last.at) return [];
    const afterGap = last === null || this.#isGap(usage.at - last.at, isLive);
    this.#isInterrupted = false;
    this.#last = usage;
    const finished = this.#isOver(usage.at, afterGap) ? this.#finish() : [];
    if (this.#sample === null) {
      const before = afterGap ? null : last;
      const measured = { cpu: new Measured(), memory: new Measured(), players: new Measured() };
      this.#sample = { since: usage.at, ...measured, last: usage, before, afterGap };
    }
    this.#sample.cpu.add(usage.cpuPercent);
    this.#sample.memory.add(usage.memoryBytes);
    if (players !== null) this.#sample.players.add(players);
    this.#sample.last = usage;
    // Polled usage makes a sample of its own, at once.
    return isLive ? finished : [...finished, ...this.#finish()];
  }

  #beginAgain(): void {
    this.#sample = null;
    this.#last = null;
    this.#paceMs = null;
  }

  #isGap(sinceLastMs: number, isLive: boolean): boolean {
    if (isLive) return this.#isInterrupted || sinceLastMs > gapMs.live;
    const usual = this.#paceMs;
    // A single long silence does not change the usual interval.
    this.#paceMs = usual === null ? sinceLastMs : Math.min(sinceLastMs, usual * 0.8 + sinceLastMs * 0.2);
    return this.#isInterrupted || sinceLastMs > Math.max(gapMs.polled, (usual ?? 0) * paceSlack);
  }

  #isOver(now: number, afterGap: boolean): boolean {
    return this.#sample !== null && (afterGap || now - this.#sample.since >= sampleMs);
  }

  #finish(): UsageSample[] {
    const sample = this.#sample;
    this.#sample = null;
    if (sample === null) return [];
    const { last, before, cpu, memory, players, afterGap } = sample;
    const rates = {
      receivedPerSecond: rate(before, last, 'networkRxBytes'),
      sentPerSecond: rate(before, last, 'networkTxBytes'),
    };
    const known = (value: number): number | null => (players.isEmpty ? null : value);
    return [
      {
        at: last.at,
        cpuPercent: cpu.mean,
        memoryBytes: memory.mean,
        diskBytes: last.diskBytes,
        ...rates,
        players: known(players.mean),
        afterGap,
        low: { cpuPercent: cpu.low, memoryBytes: memory.low, ...rates, players: known(players.low) },
        high: { cpuPercent: cpu.high, memoryBytes: memory.high, ...rates, players: known(players.high) },
      },
    ];
  }
}

/** Minimum, maximum and mean of one value in a sample. */
class Measured {
  low = Infinity;
  high = -Infinity;
  #sum = 0;
  #count = 0;

  get isEmpty(): boolean {
    return this.#count === 0;
  }

  get mean(): number {
    return this.#sum / this.#count;
  }

  add(value: number): void {
    this.#sum += value;
    this.#count += 1;
    this.low = Math.min(this.low, value);
    this.high = Math.max(this.high, value);
  }
}

/** Change per second; null if unknown. Counters restart with each process. */
function rate(
  before: Usage | null,
  last: Usage,
  counter: 'networkRxBytes' | 'networkTxBytes',
): number | null {
  if (before === null || last.uptimeMs < before.uptimeMs) return null;
  const difference = last[counter] - before[counter];
  return difference < 0 ? null : difference / ((last.at - before.at) / 1000);
}
