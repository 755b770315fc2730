import type { Point, Rectangle, Size } from 'electron';

const width = 380;
/** Lower than that there is no room for a question. */
const lowest = 200;

/** Space between the popover and what it belongs to. */
const gap = 8;

/** What decides where the popover opens. */
export interface PopoverSpot {
  /** The tray icon; null where the desktop does not tell. */
  readonly tray: Rectangle | null;
  /** Where somebody has just clicked; null where nobody has. */
  readonly cursor: Point | null;
  readonly workArea: Rectangle;
}

/**
 * Where it opens, and how large: as high as its page needs it (`height`, in the page's own pixels, each of which is drawn
 * `zoom` times as large), up to the work area.
 */
export function popoverBounds(spot: PopoverSpot, height: number, zoom = 1): Rectangle {
  const module = spot.workArea.height - 2 * gap;
  const needed = Math.round(Math.max(height, lowest) * zoom);
  const size = { width: Math.round(width * zoom), height: Math.min(needed, module) };
  return { ...popoverPlace({ ...spot, size }), ...size };
}

/**
 * Where the popover opens: beside the tray icon where its place is known (macOS, Windows), else at the cursor; always
 * whole inside the work area. Wayland places windows itself and ignores this.
 */
export function popoverPlace(facts: PopoverSpot & { readonly size: Size }): Point {
  const { cursor, workArea, size } = facts;
  const tray = facts.tray !== null && facts.tray.width > 0 ? facts.tray : null;
  const anchor = tray ?? (cursor === null ? null : { ...cursor, width: 0, height: 0 });
  if (anchor === null) return middleOf(workArea, size);
  const middle = { x: anchor.x + anchor.width / 2, y: anchor.y + anchor.height / 2 };
  // The tray lies at the edge that it is nearest to; the popover opens away from it.
  const inUpperHalf = middle.y < workArea.y + workArea.height / 2;
  const y = inUpperHalf ? anchor.y + anchor.height + gap : anchor.y - size.height - gap;
  return {
    x: Math.round(within(middle.x - size.width / 2, workArea.x, workArea.width, size.width)),
    y: Math.round(within(y, workArea.y, workArea.height, size.height)),
  };
}

function middleOf(area: Rectangle, size: Size): Point {
  return {
    x: Math.round(area.x + (area.width - size.width) / 2),
    y: Math.round(area.y + Math.max(0, area.height - size.height) / 2),
  };
}

function within(wanted: number, start: number, space: number, length: number): number {
  const last = start + space - length - gap;
  return Math.max(start + gap, Math.min(wanted, last));
}
