/** Decides whether the charts fit beside the console. Pure. */

/** Columns that fit most console output; with fewer the charts move above. */
export const fewestColumns = 80;

/** Width of the charts in pixels, as in `charts-panel.svelte`. */
const charts = { least: 320, share: 0.26, most: 440 };
/** Pixels taken by margins, borders, the terminal's inset and scrollbar. */
const frame = 94;

/** `width` = whole view, `columns` = width of `fewestColumns` in the terminal; both in pixels. */
export function hasRoomBeside(width: number, columns: number): boolean {
  const beside = Math.min(charts.most, Math.max(charts.least, width * charts.share));
  return width - beside - frame >= columns;
}
