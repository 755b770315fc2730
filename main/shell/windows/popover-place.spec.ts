import { describe, expect, it } from 'vitest';
import { popoverBounds, popoverPlace } from './popover-place.js';

const size = { width: 380, height: 560 };
const workArea = { x: 0, y: 25, width: 1440, height: 875 };

describe('popoverPlace', () => {
  it('hangs below a bar at the top', () => {
    const tray = { x: 1000, y: 0, width: 24, height: 24 };
    expect(popoverPlace({ tray, cursor: { x: 0, y: 0 }, workArea, size })).toEqual({ x: 822, y: 33 });
  });

  it('stands above a bar at the bottom', () => {
    const tray = { x: 1380, y: 910, width: 24, height: 40 };
    expect(popoverPlace({ tray, cursor: { x: 0, y: 0 }, workArea, size })).toEqual({ x: 1052, y: 332 });
  });

  it("opens at the cursor if the icon's place is unknown", () => {
    const cursor = { x: 1300, y: 10 };
    expect(popoverPlace({ tray: null, cursor, workArea, size })).toEqual({ x: 1052, y: 33 });
    const empty = { x: 0, y: 0, width: 0, height: 0 };
    expect(popoverPlace({ tray: empty, cursor, workArea, size })).toEqual({ x: 1052, y: 33 });
  });

  it('opens in the middle after a shortcut without a known icon place', () => {
    expect(popoverPlace({ tray: null, cursor: null, workArea, size })).toEqual({ x: 530, y: 183 });
    const tray = { x: 1000, y: 0, width: 24, height: 24 };
    expect(popoverPlace({ tray, cursor: null, workArea, size })).toEqual({ x: 822, y: 33 });
  });

  it('stays on the screen where the cursor is', () => {
    const second = { x: 1440, y: 0, width: 1024, height: 600 };
    const place = popoverPlace({ tray: null, cursor: { x: 1441, y: 599 }, workArea: second, size });
    expect(place).toEqual({ x: 1448, y: 31 });
  });
});

describe('popoverBounds', () => {
  const top = { tray: { x: 1000, y: 0, width: 24, height: 24 }, cursor: null, workArea };
  const bottom = { tray: { x: 1380, y: 910, width: 24, height: 40 }, cursor: null, workArea };

  it('grows with the zoom of its page', () => {
    expect(popoverBounds(bottom, 400, 1.5)).toMatchObject({ width: 570, height: 600 });
    expect(popoverBounds(bottom, 800, 1.5)).toMatchObject({ height: workArea.height - 16 });
  });

  it.each([
    ['as high as its page', 320, 320],
    ['no higher than the work area', 5000, 859],
    ['high enough for a question', 90, 200],
  ])('is %s: %d', (_, wanted, height) => {
    expect(popoverBounds(top, wanted)).toEqual({ x: 822, y: 33, width: 380, height });
  });

  it('grows away from a bar at the bottom', () => {
    expect(popoverBounds(bottom, 300)).toEqual({ x: 1052, y: 592, width: 380, height: 300 });
    expect(popoverBounds(bottom, 400)).toEqual({ x: 1052, y: 492, width: 380, height: 400 });
  });
});
