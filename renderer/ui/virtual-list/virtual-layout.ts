/** The geometry of a list of which only what is in sight is drawn: pure, so that it can be judged without a window. */

/** Where each row begins, and at last where the list ends. */
export function offsetsOf(heights: Iterable<number>): number[] {
  const offsets = [0];
  let end = 0;
  for (const height of heights) {
    end += height;
    offsets.push(end);
  }
  return offsets;
}

/** The row at this height; the first above the list, the last below it; -1 in an empty list. */
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
 * The rows between two heights and at least `extra` more at each side: from `first` up to but without `end`. They begin
 * with a whole group of `group`, so that a list that is scrolled changes seldom instead of with every row; and they are
 * always as many, by the height of the `smallest`, so that none has to be made or thrown away on the way.
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

/** The nearest row to a height, and on which side of its middle that is. */
export function dropAt(
  offsets: readonly number[],
  y: number,
): { at: number; side: 'before' | 'after' } | null {
  const at = rowAt(offsets, y);
  if (at === -1) return null;
  const middle = ((offsets[at] ?? 0) + (offsets[at + 1] ?? 0)) / 2;
  return { at, side: y < middle ? 'before' : 'after' };
}
