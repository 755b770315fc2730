/** Places in a grid of which only the part in view is drawn. Pure. */
export interface CellPlace {
  readonly row: number;
  /** -1 = the head of the row. */
  readonly column: number;
}

interface GridSize {
  readonly rows: number;
  readonly columns: number;
}

/** Rows or columns drawn outside of the view, for quick scrolling. */
const extra = 3;

/** The rows or columns of one size to draw: from `first`, without `end`. All sizes in pixels. */
export function shownRange(view: {
  readonly from: number;
  readonly room: number;
  readonly size: number;
  readonly count: number;
}): { readonly first: number; readonly end: number } {
  const { from, room, size, count } = view;
  const end = Math.min(count, Math.max(0, Math.ceil((from + room) / size) + extra));
  return { first: Math.min(end, Math.max(0, Math.floor(from / size) - extra)), end };
}

/** Most rows or columns that `shownRange` draws at once. Their elements are used again for those that scroll into view. */
export function slotsOf({ room, size }: { readonly room: number; readonly size: number }): number {
  return Math.ceil(Math.max(0, room) / size) + 2 * extra + 2;
}

/** The place within the grid: rows and columns go when a filter changes. */
export function cellPlace({ row, column }: CellPlace, { rows, columns }: GridSize): CellPlace {
  return {
    row: Math.max(0, Math.min(rows - 1, row)),
    column: Math.max(-1, Math.min(columns - 1, column)),
  };
}

/** Where a key leads; null for a key of no direction. `page` = rows of a page. */
export function moved(
  { row, column }: CellPlace,
  { key, ctrlKey }: Pick<KeyboardEvent, 'key' | 'ctrlKey'>,
  size: GridSize & { readonly page: number },
): CellPlace | null {
  const steps: Readonly<Record<string, CellPlace>> = {
    ArrowUp: { row: row - 1, column },
    ArrowDown: { row: row + 1, column },
    ArrowLeft: { row, column: column - 1 },
    ArrowRight: { row, column: column + 1 },
    PageUp: { row: row - size.page, column },
    PageDown: { row: row + size.page, column },
    Home: { row: ctrlKey ? 0 : row, column: -1 },
    End: { row: ctrlKey ? size.rows - 1 : row, column: size.columns - 1 },
  };
  const next = ctrlKey && key !== 'Home' && key !== 'End' ? undefined : steps[key];
  return next === undefined ? null : cellPlace(next, size);
}
