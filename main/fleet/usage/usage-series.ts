import type { Usage, UsageSample } from '../../../bridge/domain.js';

const hourMs = 60 * 60_000;
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
  count: number;
  cpu: number;
  memory: number;
  last: Usage;
  /** The reading before this stretch, to which the counters are compared; null where there is none. */
  before: Usage | null;
  afterGap: boolean;
}

/** One server's samples of the last hour. */
export class UsageSeries {
  #samples: readonly UsageSample[] = [];
  #stretch: Stretch | null = null;
  #last: Usage | null = null;
  #isInterrupted = false;
  /** The usual time between two polls. */
  #paceMs: number | null = null;

  /** Oldest first. Whoever is given them may keep them: the list is never changed, only replaced. */
  get samples(): readonly UsageSample[] {
    return this.#samples;
  }

  /** What comes next has no connection to what was. Answers the sample that is finished by it. */
  interrupt(): UsageSample[] {
    this.#isInterrupted = true;
    return this.#finish();
  }

  /** Takes a reading; answers the samples that are finished by it. A reading that is not newer than the last is dropped. */
  add(usage: Usage, isLive: boolean): UsageSample[] {
    if (this.#last !== null && usage.at < this.#last.at - setBackMs) this.#beginAnew();
    const last = this.#last;
    if (last !== null && usage.at <= last.at) return [];
    const afterGap = last !== null && this.#isGap(usage.at - last.at, isLive);
    this.#isInterrupted = false;
    this.#last = usage;
    const finished = this.#isOver(usage.at, afterGap) ? this.#finish() : [];
    if (this.#stretch === null) {
      const before = afterGap ? null : last;
      this.#stretch = { since: usage.at, count: 0, cpu: 0, memory: 0, last: usage, before, afterGap };
    }
    this.#stretch.count += 1;
    this.#stretch.cpu += usage.cpuPercent;
    this.#stretch.memory += usage.memoryBytes;
    this.#stretch.last = usage;
    // A polled reading stands for itself: its sample need not wait for the next one.
    return isLive ? finished : [...finished, ...this.#finish()];
  }

  /** Drops what is older than an hour; false where nothing is left. */
  trim(now: number): boolean {
    const stale = this.#samples.findIndex(({ at }) => at >= now - hourMs);
    if (stale !== 0) this.#samples = stale === -1 ? [] : this.#samples.slice(stale);
    return this.#samples.length > 0 || this.#stretch !== null;
  }

  /** Samples from the future would stay for ever and keep out new ones. */
  #beginAnew(): void {
    this.#samples = [];
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

  #finish(): UsageSample[] {
    const stretch = this.#stretch;
    this.#stretch = null;
    if (stretch === null) return [];
    const { last, before, count, afterGap } = stretch;
    const sample: UsageSample = {
      at: last.at,
      cpuPercent: stretch.cpu / count,
      memoryBytes: stretch.memory / count,
      diskBytes: last.diskBytes,
      receivedPerSecond: rate(before, last, 'networkRxBytes'),
      sentPerSecond: rate(before, last, 'networkTxBytes'),
      afterGap,
    };
    this.trim(sample.at);
    this.#samples = [...this.#samples, sample];
    return [sample];
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
