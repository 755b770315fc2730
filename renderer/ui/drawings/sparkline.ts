/** The geometry of a sparkline: pure, so that it can be judged without a window. */

export interface SparkPoint {
  readonly at: number;
  readonly value: number;
  /** No line leads to it. */
  readonly afterGap?: boolean;
}

export interface SparkBox {
  readonly width: number;
  readonly height: number;
  /** Time span that the width stands for, ending at the newest point. Milliseconds. */
  readonly span: number;
  /** The value that reaches the top at least; a higher point raises it. */
  readonly ceiling: number;
}

/** An SVG path through the points, oldest first, open at gaps; empty for fewer than two. One decimal is a tenth of a pixel. */
export function sparkPath(points: readonly SparkPoint[], box: SparkBox): string {
  const newest = points.at(-1);
  if (newest === undefined || points.length < 2) return '';
  const top = points.reduce((most, point) => Math.max(most, point.value), box.ceiling);
  return points
    .map(({ at, value, afterGap = false }, index) => {
      const x = box.width - ((newest.at - at) / box.span) * box.width;
      const y = box.height - (top <= 0 ? 0 : Math.max(0, value) / top) * box.height;
      return `${index === 0 || afterGap ? 'M' : 'L'}${x.toFixed(1)} ${y.toFixed(1)}`;
    })
    .join('');
}

/** The same line closed down to the ground, each part of it for itself, for the fill below it. */
export function sparkArea(path: string, box: SparkBox): string {
  const ground = box.height.toFixed(1);
  return path
    .split('M')
    .filter(Boolean)
    .map((part) => {
      const places = part.split('L').map((point) => point.split(' ')[0] ?? '');
      return `M${part}L${places.at(-1) ?? ''} ${ground}L${places[0] ?? ''} ${ground}Z`;
    })
    .join('');
}
