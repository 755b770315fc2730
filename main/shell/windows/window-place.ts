/** Place of the main window: as the user left it, but always visible and movable. Pure. */
import type { Rectangle, Size } from 'electron';

/** Part of a window, in px, that must be on one screen so that the user can move it. */
const grip = { width: 120, height: 40 };

export interface PlaceFacts {
  /** Bounds of the window when it was not maximised; null = no earlier window. */
  readonly kept: Rectangle | null;
  /** Work area of each display; the first is the fallback. */
  readonly workAreas: readonly Rectangle[];
  readonly standard: Size;
  readonly least: Size;
}

/** Without x and y, the system chooses the place. */
export function windowPlace({ kept, workAreas, standard, least }: PlaceFacts): Size & Partial<Rectangle> {
  const [first] = workAreas;
  if (first === undefined) return standard;
  if (kept === null) return fitted(standard, first, least);
  const area = nearest(kept, workAreas) ?? first;
  // The user may have placed the window across two screens.
  if (isHeld(kept, workAreas) && sharedBy(kept, workAreas) >= 0.98 * kept.width * kept.height) return kept;
  const size = fitted(kept, area, least);
  return {
    ...size,
    x: within(kept.x, area.x, area.width - size.width),
    y: within(kept.y, area.y, area.height - size.height),
  };
}

/** The size within an area. Never below the minimum, because the system would enlarge such a window beyond the edge. */
function fitted(size: Size, area: Size, least: Size): Size {
  return {
    width: Math.max(Math.min(size.width, area.width), least.width),
    height: Math.max(Math.min(size.height, area.height), least.height),
  };
}

/** True if the title bar is on a screen. */
function isHeld(kept: Rectangle, workAreas: readonly Rectangle[]): boolean {
  return workAreas.some((area) => {
    const shared = sharedOf({ ...kept, height: grip.height }, area);
    return shared.width >= grip.width && shared.height >= grip.height;
  });
}

function nearest(kept: Rectangle, workAreas: readonly Rectangle[]): Rectangle | undefined {
  const shares = workAreas.map((area) => ({ area, share: surface(sharedOf(kept, area)) }));
  return shares.filter(({ share }) => share > 0).toSorted((one, other) => other.share - one.share)[0]?.area;
}

function sharedBy(kept: Rectangle, workAreas: readonly Rectangle[]): number {
  return workAreas.reduce((sum, area) => sum + surface(sharedOf(kept, area)), 0);
}

function sharedOf(one: Rectangle, other: Rectangle): Size {
  const width = Math.min(one.x + one.width, other.x + other.width) - Math.max(one.x, other.x);
  const height = Math.min(one.y + one.height, other.y + other.height) - Math.max(one.y, other.y);
  return { width: Math.max(0, width), height: Math.max(0, height) };
}

function surface({ width, height }: Size): number {
  return width * height;
}

function within(wanted: number, start: number, space: number): number {
  return Math.max(start, Math.min(wanted, start + Math.max(0, space)));
}
