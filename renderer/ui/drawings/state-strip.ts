/** The geometry of a strip of states. Pure. */
import type { PastState, StateRun } from '../../../bridge/schema/history.js';

/** One shape for each: a state has a height as well as a colour. `unknown` is the ground alone. */
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

/** Of the height. */
const heights: Record<Strip, number> = { offline: 0.2, starting: 0.6, running: 0.8, crashed: 1 };

export interface StripBox {
  readonly from: number;
  readonly to: number;
  readonly width: number;
  readonly height: number;
}

/** One path for each kind of state; what was shorter than half a step is drawn as long as that, so that a crash is seen. */
export function stripPaths(runs: readonly StateRun[], box: StripBox): Record<Strip, string> {
  const paths: Record<Strip, string> = { offline: '', starting: '', running: '', crashed: '' };
  const scale = box.width / (box.to - box.from);
  for (const { from, to, state } of runs) {
    const strip = stripOf[state];
    if (strip === null) continue;
    const width = Math.max(strip === 'crashed' ? 2 : 0.5, (to - from) * scale);
    // What has only just begun is seen as well.
    const x = Math.min((from - box.from) * scale, box.width - width);
    const height = box.height * heights[strip];
    paths[strip] +=
      `M${x.toFixed(1)} ${box.height}v${(-height).toFixed(1)}h${width.toFixed(1)}V${box.height}z`;
  }
  return paths;
}
