import type { CallOutput } from '../../bridge/schema/contract.js';
import type { UsageSample } from '../../bridge/schema/history.js';

export type SparkLine = CallOutput<'history.sparks'>['lines'][number]['points'];

/** A sparkline of an hour is about forty pixels wide and can't show more points. */
const pointMs = 90_000;

/** Points of a sparkline: the mean of each 90 s. Gaps are kept. */
export function sparkLine(samples: readonly UsageSample[]): SparkLine {
  const groups: UsageSample[][] = [];
  let place = Number.NaN;
  for (const sample of samples) {
    const next = Math.floor(sample.at / pointMs);
    if (next === place && !sample.afterGap) groups.at(-1)?.push(sample);
    else groups.push([sample]);
    place = next;
  }
  return groups.map((group) => ({
    at: group.at(-1)?.at ?? 0,
    cpuPercent: mean(group.map(({ cpuPercent }) => cpuPercent)),
    memoryBytes: Math.round(mean(group.map(({ memoryBytes }) => memoryBytes))),
    afterGap: group[0]?.afterGap === true,
  }));
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
