/** Measures the heap over a long history, without the harness's own records. */
import { History } from './history.js';

export interface HeapSample {
  readonly hours: number;
  readonly megabytes: number;
  /** Number of servers. */
  readonly servers: number;
}

const everyMs = 15 * 60_000;
/** Few enough for a long history, enough to show a leak per server. */
const servers = 20;
/** Share of the history in which caches, log and consoles fill up to their limits. */
const fillingUp = 0.2;

/** `collect` runs garbage collection before each measurement. */
export async function heapOver(
  { seed, minutes }: { seed: number; minutes: number },
  collect: () => void,
): Promise<HeapSample[]> {
  const samples: HeapSample[] = [];
  const look = (at: number, count: number): void => {
    collect();
    const megabytes = process.memoryUsage().heapUsed / 2 ** 20;
    samples.push({ hours: at / 3_600_000, megabytes, servers: count });
  };
  await new History({ seed, minutes, steady: { servers, everyMs, look } }).run();
  return samples;
}

/** MB per hour by least squares, after the filling phase. */
export function slopeOf(all: readonly HeapSample[]): number {
  const samples = settledOf(all);
  const mean = (of: (sample: HeapSample) => number): number =>
    samples.reduce((sum, sample) => sum + of(sample), 0) / samples.length;
  const [x, y] = [mean(({ hours }) => hours), mean(({ megabytes }) => megabytes)];
  const spread = mean(({ hours }) => (hours - x) ** 2);
  return samples.length < 2 ? 0 : mean(({ hours, megabytes }) => (hours - x) * (megabytes - y)) / spread;
}

export function settledOf(samples: readonly HeapSample[]): readonly HeapSample[] {
  return samples.slice(Math.floor(samples.length * fillingUp));
}
