import type { Point, Rectangle, Size } from 'electron';

const width = 380;
/** Smallest height in px, enough for a question. */
const lowest = 200;

/** Distance in px between the popover and its icon. */
const gap = 8;

/** Facts that decide where the popover opens. */
export interface PopoverSpot {
  /** Place of the tray icon; null = the desktop gives none. */
  readonly tray: Rectangle | null;
  /** Position of the last click; null = no click. */
  readonly cursor: Point | null;
  readonly workArea: Rectangle;
}

/**
 * Place and size of the popover: as high as its page needs, limited to the work area.
 *
 * `height` is in the page's own pixels, which are drawn `zoom` times as large.
 */
export function popoverBounds(spot: PopoverSpot, height: number, zoom = 1): Rectangle {
  const space = spot.workArea.height - 2 * gap;
  const needed = Math.round(Math.max(height, lowest) * zoom);
  const size = { width: Math.round(width * zoom), height: Math.min(needed, space) };
  return { ...popoverPlace({ ...spot, size }), ...size };
}

/**
 * Place of the popover: beside the tray icon if its place is known (macOS, Windows), otherwise at the cursor, always
 * within the work area. On Wayland the compositor decides the place.
 */
export function popoverPlace(facts: PopoverSpot & { readonly size: Size }): Point {
  const { cursor, workArea, size } = facts;
  const tray = facts.tray !== null && facts.tray.width > 0 ? facts.tray : null;
  const anchor = tray ?? (cursor === null ? null : { ...cursor, width: 0, height: 0 });
  if (anchor === null) return middleOf(workArea, size);
  const middle = { x: anchor.x + anchor.width / 2, y: anchor.y + anchor.height / 2 };
  // The tray is at the nearest edge; the popover opens away from that edge.
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
