import type { Usage } from '../../../bridge/schema/domain.js';
import type { UsageStretch } from '../../../bridge/schema/history.js';

/** Readings within this time become one sample. */
const stretchMs = 5000;
/**
 * After this long without a reading there is a gap: a live node tells every second, a polled one far less often
 * (PROTOCOL 4.5, trap 8).
 */
const gapMs = { live: 15_000, polled: 180_000 };
/** A reading this much older than the last one is not a late one: somebody has set the clock back. */
const setBackMs = 5000;
/** A server that is rarely polled has no gap as long as it keeps its own pace. */
const paceSlack = 3;

/** The readings of the stretch under way. */
interface Stretch {
  since: number;
  readonly cpu: Measured;
  readonly memory: Measured;
  last: Usage;
  /** The reading before this stretch, to which the counters are compared; null where there is none. */
  before: Usage | null;
  afterGap: boolean;
}

/** Makes stretches of one server's readings. */
export class UsageSeries {
  #stretch: Stretch | null = null;
  #last: Usage | null = null;
  #isInterrupted = false;
  /** The usual time between two polls. */
  #paceMs: number | null = null;

  /** When the last reading was taken. */
  get lastAt(): number {
    return this.#last?.at ?? -Infinity;
  }

  /** What comes next has no connection to what was. Answers the stretch that is finished by it. */
  interrupt(): UsageStretch[] {
    this.#isInterrupted = true;
    return this.#finish();
  }

  /** Takes a reading; answers the stretches that are finished by it. A reading that is not newer than the last is dropped. */
  add(usage: Usage, isLive: boolean): UsageStretch[] {
    if (this.#last !== null && usage.at < this.#last.at - setBackMs) this.#beginAnew();
    const last = this.#last;
    if (last !== null && usage.at <= last.at) return [];
    const afterGap = last === null || this.#isGap(usage.at - last.at, isLive);
    this.#isInterrupted = false;
    this.#last = usage;
    const finished = this.#isOver(usage.at, afterGap) ? this.#finish() : [];
    if (this.#stretch === null) {
      const before = afterGap ? null : last;
      const [cpu, memory] = [new Measured(), new Measured()];
      this.#stretch = { since: usage.at, cpu, memory, last: usage, before, afterGap };
    }
    this.#stretch.cpu.add(usage.cpuPercent);
    this.#stretch.memory.add(usage.memoryBytes);
    this.#stretch.last = usage;
    // A polled reading stands for itself: its sample need not wait for the next one.
    return isLive ? finished : [...finished, ...this.#finish()];
  }

  #beginAnew(): void {
    this.#stretch = null;
    this.#last = null;
    this.#paceMs = null;
  }

  #isGap(sinceLastMs: number, isLive: boolean): boolean {
    if (isLive) return this.#isInterrupted || sinceLastMs > gapMs.live;
    const usual = this.#paceMs;
    // One long silence does not change what counts as a usual one.
    this.#paceMs = usual === null ? sinceLastMs : Math.min(sinceLastMs, usual * 0.8 + sinceLastMs * 0.2);
    return this.#isInterrupted || sinceLastMs > Math.max(gapMs.polled, (usual ?? 0) * paceSlack);
  }

  #isOver(now: number, afterGap: boolean): boolean {
    return this.#stretch !== null && (afterGap || now - this.#stretch.since >= stretchMs);
  }

  #finish(): UsageStretch[] {
    const stretch = this.#stretch;
    this.#stretch = null;
    if (stretch === null) return [];
    const { last, before, cpu, memory, afterGap } = stretch;
    const rates = {
      receivedPerSecond: rate(before, last, 'networkRxBytes'),
      sentPerSecond: rate(before, last, 'networkTxBytes'),
    };
    return [
      {
        at: last.at,
        cpuPercent: cpu.mean,
        memoryBytes: memory.mean,
        diskBytes: last.diskBytes,
        ...rates,
        afterGap,
        low: { cpuPercent: cpu.low, memoryBytes: memory.low, ...rates },
        high: { cpuPercent: cpu.high, memoryBytes: memory.high, ...rates },
      },
    ];
  }
}

/** One figure of the readings of a stretch. */
class Measured {
  low = Infinity;
  high = -Infinity;
  #sum = 0;
  #count = 0;

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

/** Counters begin anew with each process: a negative difference means that it is not known. */
function rate(
  before: Usage | null,
  last: Usage,
  counter: 'networkRxBytes' | 'networkTxBytes',
): number | null {
  if (before === null || last.uptimeMs < before.uptimeMs) return null;
  const difference = last[counter] - before[counter];
  return difference < 0 ? null : difference / ((last.at - before.at) / 1000);
}
