import type { CallOutput } from '../../bridge/schema/contract.js';
import type { UsageStretch } from '../../bridge/schema/history.js';

export type SparkLine = CallOutput<'history.sparks'>['lines'][number]['points'];

/** A line of an hour that is some forty pixels wide can't show more. */
const pointMs = 90_000;

/** Few points for a small line: the mean of what was measured around each. A gap stays one. */
export function sparkPoints(stretches: readonly UsageStretch[]): SparkLine {
  const groups: UsageStretch[][] = [];
  let place = Number.NaN;
  for (const stretch of stretches) {
    const next = Math.floor(stretch.at / pointMs);
    if (next === place && !stretch.afterGap) groups.at(-1)?.push(stretch);
    else groups.push([stretch]);
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
