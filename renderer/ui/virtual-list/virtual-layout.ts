/** Geometry of a virtual list. Pure. */

/** Start of each row, then the end of the list. */
export function offsetsOf(heights: Iterable<number>): number[] {
  const offsets = [0];
  let end = 0;
  for (const height of heights) {
    end += height;
    offsets.push(end);
  }
  return offsets;
}

/** Index of the row at a height; the first above the list, the last below; -1 in an empty list. */
export function rowAt(offsets: readonly number[], y: number): number {
  let low = 0;
  let high = offsets.length - 2;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if ((offsets[middle] ?? 0) <= y) low = middle;
    else high = middle - 1;
  }
  return offsets.length < 2 ? -1 : low;
}

/**
 * Range of rows to draw between two heights, with at least `extra` more on each side; `end` is exclusive.
 * The range starts at a multiple of `group`, so that scrolling changes it seldom. Its size is constant, computed with
 * the height of the `smallest` row, so that scrolling creates and removes no elements.
 */
export function rowsBetween(
  offsets: readonly number[],
  top: number,
  bottom: number,
  { extra, group, smallest }: { extra: number; group: number; smallest: number },
): { first: number; end: number } {
  const count = offsets.length - 1;
  if (count === 0) return { first: 0, end: 0 };
  const first = Math.max(0, rowAt(offsets, top) - extra);
  const drawn = Math.ceil((bottom - top) / smallest) + 1 + 2 * extra + group - 1;
  const begin = Math.min(Math.floor(first / group) * group, Math.max(0, count - drawn));
  return { first: begin, end: Math.min(count, begin + drawn) };
}

/** Row at a height, and whether the height lies before or after the middle of that row. */
export function dropAt(
  offsets: readonly number[],
  y: number,
): { at: number; side: 'before' | 'after' } | null {
  const at = rowAt(offsets, y);
  if (at === -1) return null;
  const middle = ((offsets[at] ?? 0) + (offsets[at + 1] ?? 0)) / 2;
  return { at, side: y < middle ? 'before' : 'after' };
}
