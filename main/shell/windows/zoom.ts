/** Larger and smaller by keys, where no menu of the system has them (`mac-menu.ts` has). */
import type { WebContents } from 'electron';

interface Pressed {
  readonly type: string;
  readonly key: string;
  readonly control: boolean;
  readonly alt: boolean;
  readonly meta: boolean;
}

/** What is used of Electron's `WebContents`. */
export type Zoomable = Pick<WebContents, 'getZoomLevel' | 'setZoomLevel'> & {
  on(
    event: 'before-input-event',
    listener: (event: { preventDefault(): void }, input: Pressed) => void,
  ): unknown;
};

/** A level is a fifth larger or smaller than the one before. */
const step = 0.5;
const least = -2;
const most = 3;

/** Ctrl with +, - or 0. Chromium keeps the level, from one run to the next, and for all pages of Perch together. */
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

/** `=` is the key of + on many keyboards; null where the key has nothing to do with it. */
function nextLevel(level: number, key: string): number | null {
  if (key === '+' || key === '=') return Math.min(level + step, most);
  if (key === '-') return Math.max(level - step, least);
  return key === '0' ? 0 : null;
}
