/** Points of a row's sparkline: the stored last hour, and newer samples of this window. Pure. */
import type { Usage } from '../../../bridge/schema/domain.js';
import type { SparkPoints } from '../../state/usage/sparks.svelte.js';
import type { SparkPoint } from '../../ui/drawings/sparkline.js';

const hourMs = 3_600_000;
const leastMs = 300_000;

export function sparkPoints(
  past: readonly Pick<SparkPoints[number], 'at' | 'cpuPercent' | 'afterGap'>[],
  live: readonly Pick<Usage, 'at' | 'cpuPercent'>[],
): SparkPoint[] {
  const newest = past.at(-1)?.at ?? -Infinity;
  return [
    ...past.map(({ at, cpuPercent, afterGap }) => ({ at, value: cpuPercent, afterGap })),
    ...live.filter(({ at }) => at > newest).map(({ at, cpuPercent }) => ({ at, value: cpuPercent })),
  ];
}

/** Time span of the sparkline in ms, shortened to the known time: a few minutes are a few pixels of an hour. */
export function sparkSpan(points: readonly SparkPoint[]): number {
  const known = (points.at(-1)?.at ?? 0) - (points[0]?.at ?? 0);
  return Math.min(hourMs, Math.max(leastMs, known));
}
