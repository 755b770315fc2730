/** How wide the sidebar may be, in pixels of the page. Pure; the settings keep what a person chose. */

/** The rail: icons alone. */
export const railWidth = 48;
const usualWidth = 248;
export const narrowest = 200;
/** What the settings take. */
const widest = 480;
/** So much of a window is for what stands beside the sidebar. */
const leastBeside = 560;
/** A narrower window has room for the rail alone. */
const leastWindow = 860;
/** Left and right of its place over a window that is narrow. */
const leastOutside = 96;
/** Dragged to here it becomes the rail, and the rail the whole again: halfway between both. */
const turning = (railWidth + narrowest) / 2;

/** A window that was never drawn may be 0 wide: what is known of it is nothing then. */
export function hasRoom(windowWidth: number): boolean {
  return windowWidth === 0 || windowWidth >= leastWindow;
}

export function widestIn(windowWidth: number): number {
  if (windowWidth === 0) return widest;
  const free = windowWidth - (hasRoom(windowWidth) ? leastBeside : leastOutside);
  return Math.round(Math.max(narrowest, Math.min(widest, free)));
}

/** What a person chose (null = nothing) as far as this window has room for it. */
export function fitting(wanted: number | null, windowWidth: number): number {
  return Math.round(Math.max(narrowest, Math.min(wanted ?? usualWidth, widestIn(windowWidth))));
}

/** Where its edge is dragged to; null = it becomes the rail. */
export function draggedTo(edge: number, windowWidth: number): number | null {
  return edge < turning ? null : fitting(edge, windowWidth);
}
