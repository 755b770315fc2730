/** What the heap does over a long history, without what only the harness keeps. */
import { History } from './history.js';

export interface HeapSample {
  readonly hours: number;
  readonly megabytes: number;
  /** How many servers there were. */
  readonly servers: number;
}

const everyMs = 15 * 60_000;
/** Few enough for a long history, and enough of them to see what each leaves behind. */
const servers = 20;
/** Until then histories, the log and the last lines of consoles fill up what is kept of them. */
const fillingUp = 0.2;

/** `collect` frees what nobody holds any more, before each look. */
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

/** Megabytes per hour, by least squares, once everything has filled up. */
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
