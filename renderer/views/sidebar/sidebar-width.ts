/** Widths of the sidebar in CSS pixels. Pure; the settings store the user's choice. */

/** Rail with icons only. */
export const railWidth = 48;
const usualWidth = 248;
export const narrowestSidebar = 200;
/** Limit of the settings. */
const widest = 480;
/** Minimum width left for the view beside the sidebar. */
const leastBeside = 560;
/** Narrower windows only have room for the rail. */
const leastWindow = 860;
/** Minimum width left beside the overlay in a narrow window. */
const leastOutside = 96;
/** Dragging past this edge switches between rail and whole sidebar. */
const turning = (railWidth + narrowestSidebar) / 2;

/**
 * Whether the window has room for the whole sidebar. A window that was never drawn reports 0, which counts as wide.
 */
export function hasRoom(windowWidth: number): boolean {
  return windowWidth === 0 || windowWidth >= leastWindow;
}

export function widestIn(windowWidth: number): number {
  if (windowWidth === 0) return widest;
  const free = windowWidth - (hasRoom(windowWidth) ? leastBeside : leastOutside);
  return Math.round(Math.max(narrowestSidebar, Math.min(widest, free)));
}

/** The user's width (null = default) within the bounds of this window. */
export function fittingWidth(wanted: number | null, windowWidth: number): number {
  return Math.round(Math.max(narrowestSidebar, Math.min(wanted ?? usualWidth, widestIn(windowWidth))));
}

/** Width after dragging the edge; null = rail. */
export function draggedTo(edge: number, windowWidth: number): number | null {
  return edge < turning ? null : fittingWidth(edge, windowWidth);
}
