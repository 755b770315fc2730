/** Whether the charts find room beside the console. Pure. */

/** What most consoles print fits into this many; with fewer the charts stand above. */
export const fewestColumns = 80;

/** As in `charts-panel.svelte`. Pixels. */
const charts = { least: 320, share: 0.26, most: 440 };
/** Margins and borders of both, and around the terminal its inset and its scrollbar. Pixels. */
const frame = 94;

/** `width` = of the whole view; `columns` = what the fewest columns of the terminal take. Pixels. */
export function hasRoomBeside(width: number, columns: number): boolean {
  const beside = Math.min(charts.most, Math.max(charts.least, width * charts.share));
  return width - beside - frame >= columns;
}
