/** Geometry of a sparkline. Pure. */

export interface SparkPoint {
  readonly at: number;
  readonly value: number;
  /** True if no line leads to this point. */
  readonly afterGap?: boolean;
}

export interface SparkBox {
  readonly width: number;
  readonly height: number;
  /** Time span of the width, in ms; ends at the newest point. */
  readonly span: number;
  /** Minimum value of the top edge; a higher point raises the edge. */
  readonly ceiling: number;
}

/** SVG path through the points, oldest first, open at gaps; empty for fewer than two points. Rounded to 0.1 pixel. */
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

/** Fill below the line: each part of the path closed down to the bottom edge. */
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
