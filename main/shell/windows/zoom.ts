/** Zoom by keyboard, where the system has no menu for it (`mac-menu.ts` has one). */
import type { WebContents } from 'electron';

interface Pressed {
  readonly type: string;
  readonly key: string;
  readonly control: boolean;
  readonly alt: boolean;
  readonly meta: boolean;
}

/** The used part of Electron's `WebContents`. */
export type Zoomable = Pick<WebContents, 'getZoomLevel' | 'setZoomLevel'> & {
  on(
    event: 'before-input-event',
    listener: (event: { preventDefault(): void }, input: Pressed) => void,
  ): unknown;
};

/** Change of the zoom level per key press. One whole level is a factor of 1.2. */
const step = 0.5;
const least = -2;
const most = 3;

/** Handles Ctrl with +, - and 0. Chromium keeps the level over restarts, for all pages of Perch. */
export function offerZoom(contents: Zoomable, platform: NodeJS.Platform): void {
  if (platform === 'darwin') return;
  contents.on('before-input-event', (event, { type, key, control, alt, meta }) => {
    if (type !== 'keyDown' || !control || alt || meta) return;
    const level = nextLevel(contents.getZoomLevel(), key);
    if (level === null) return;
    event.preventDefault();
    contents.setZoomLevel(level);
  });
}

/** The new level; null for other keys. On many keyboards `=` is the key of +. */
function nextLevel(level: number, key: string): number | null {
  if (key === '+' || key === '=') return Math.min(level + step, most);
  if (key === '-') return Math.max(level - step, least);
  return key === '0' ? 0 : null;
}
