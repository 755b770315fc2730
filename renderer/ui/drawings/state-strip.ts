/** Geometry of a state strip. Pure. */
import type { PastState, StateRun } from '../../../bridge/schema/history.js';

/** States that are drawn, each with its own height and colour. `unknown` shows only the background. */
export const strips = ['offline', 'starting', 'running', 'crashed'] as const;
export type Strip = (typeof strips)[number];

export const stripOf: Record<PastState, Strip | null> = {
  offline: 'offline',
  starting: 'starting',
  stopping: 'starting',
  running: 'running',
  crashed: 'crashed',
  unknown: null,
};

/** Share of the strip's height. */
const heights: Record<Strip, number> = { offline: 0.2, starting: 0.6, running: 0.8, crashed: 1 };

export interface StripBox {
  readonly from: number;
  readonly to: number;
  readonly width: number;
  readonly height: number;
}

/** One path per state. Short runs get a minimum width, so that each crash is visible. */
export function stripPaths(runs: readonly StateRun[], box: StripBox): Record<Strip, string> {
  const paths: Record<Strip, string> = { offline: '', starting: '', running: '', crashed: '' };
  const scale = box.width / (box.to - box.from);
  for (const { from, to, state } of runs) {
    const strip = stripOf[state];
    if (strip === null) continue;
    const width = Math.max(strip === 'crashed' ? 2 : 0.5, (to - from) * scale);
    // Keeps the minimum width of a new run within the right edge.
    const x = Math.min((from - box.from) * scale, box.width - width);
    const height = box.height * heights[strip];
    paths[strip] +=
      `M${x.toFixed(1)} ${box.height}v${(-height).toFixed(1)}h${width.toFixed(1)}V${box.height}z`;
  }
  return paths;
}
